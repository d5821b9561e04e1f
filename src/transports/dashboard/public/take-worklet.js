// Runs in the audio thread: hands the samples of the microphone over as they come.
registerProcessor(
  "take",
  class extends AudioWorkletProcessor {
    process(inputs) {
      const channel = inputs[0]?.[0];
      if (channel !== undefined) this.port.postMessage(channel.slice());
      return true;
    }
  },
);
