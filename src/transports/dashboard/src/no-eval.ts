import { z } from "zod";

// The page's policy forbids making code of text; without this the schemas try it once, and the browser complains.
z.config({ jitless: true });
