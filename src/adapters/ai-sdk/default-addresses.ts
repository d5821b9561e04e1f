/** Apart from the clients, so that reading a launch file does not load the SDK. */
export const GOOGLE_BASE_URL = "https://generativelanguage.googleapis.com/v1beta";
export const ANTHROPIC_BASE_URL = "https://api.anthropic.com/v1";
