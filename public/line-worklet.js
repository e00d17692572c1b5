// The page's end of a voice line: the microphone as 16 kHz frames of 20 ms, the line's frames to the loudspeaker.
const lineHz = 16000
const frameSamples = 320
// So much is kept back before the first sound, against frames that come late.
const cushionSamples = lineHz * 0.06

class Line extends AudioWorkletProcessor {
  constructor() {
    super()
    this.frame = new Int16Array(frameSamples)
    this.filled = 0
    this.sum = 0
    this.count = 0
    this.phase = 0
    this.queue = []
    this.queued = 0
    this.at = 0
    this.isPlaying = false
    this.port.onmessage = ({ data }) => {
      if (data === 'clear') {
        this.queue = []
        this.queued = 0
        this.at = 0
        this.isPlaying = false
        return
      }
      this.queue.push(data)
      this.queued += data.length
    }
  }

  process([input], [output]) {
    const heard = input[0]
    if (heard) this.listen(heard)
    const speaker = output[0]
    if (speaker) {
      this.speak(speaker)
      for (let channel = 1; channel < output.length; channel++) output[channel].set(speaker)
    }
    return true
  }

  /** Down to 16 kHz by the mean of the samples that fall into one: a box filter is enough for speech. */
  listen(heard) {
    const step = lineHz / sampleRate
    for (const sample of heard) {
      this.sum += sample
      this.count++
      this.phase += step
      if (this.phase < 1) continue
      this.phase -= 1
      const value = Math.max(-1, Math.min(1, this.sum / this.count))
      this.sum = 0
      this.count = 0
      this.frame[this.filled++] = Math.round(value * 32767)
      if (this.filled === frameSamples) {
        this.port.postMessage(this.frame.slice())
        this.filled = 0
      }
    }
  }

  speak(out) {
    if (!this.isPlaying && this.queued >= cushionSamples) this.isPlaying = true
    if (!this.isPlaying) return
    const step = lineHz / sampleRate
    for (let i = 0; i < out.length; i++) {
      const chunk = this.queue[0]
      if (!chunk) {
        this.isPlaying = false
        this.at = 0
        return
      }
      const index = Math.floor(this.at)
      const here = chunk[index]
      const next = index + 1 < chunk.length ? chunk[index + 1] : (this.queue[1]?.[0] ?? here)
      out[i] = (here + (next - here) * (this.at - index)) / 32768
      this.at += step
      if (this.at >= chunk.length) {
        this.at -= chunk.length
        this.queued -= chunk.length
        this.queue.shift()
      }
    }
  }
}

registerProcessor('line', Line)
