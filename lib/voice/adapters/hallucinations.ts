/** What Whisper-like models write when there was nothing to hear: the ends of the videos they were trained on. */
const inventions = new Set(
  [
    'thank you for watching',
    'thanks for watching',
    'thank you so much for watching',
    'please subscribe',
    'like and subscribe',
    'please like and subscribe',
    'subscribe to my channel',
    'see you in the next video',
    'see you next time',
    'subtitles by the amara org community',
    'transcription by castingwords',
    'transcribed by https otter ai',
    'www mooji org',
    'untertitel der amara org community',
    'untertitel von stephanie geiges',
    'untertitelung des zdf 2020',
    'untertitelung im auftrag des zdf 2021',
    'untertitel im auftrag des zdf für funk 2017',
    'vielen dank fürs zuschauen',
    'danke fürs zuschauen',
    'copyright wdr 2021',
    'swr 2021',
    'bis zum nächsten mal',
  ].map(bare),
)

/** Said by people too, but written on nearly every noise: believed only when somebody spoke for a while. */
const doubtful = new Set(['you', 'bye', 'thank you', 'thanks', 'vielen dank', 'tschüss', 'so', 'oh', 'the'].map(bare))

const doubtfulBelowMs = 220

/**
 * The words that were really said, as far as that can be told from the text: sounds in brackets and notes are taken out, known
 * inventions dropped, a phrase that repeats without end is kept once. `speechMs` is what voice activity measured.
 */
export function keepHeard(text: string, speechMs: number): string {
  const heard = text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/<\|[^|]{0,40}\|>/g, ' ')
    .replace(/\[[^\]]{0,80}\]|\([^)]{0,80}\)|\*[^*]{0,80}\*|♪[^♪]*♪?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 4000)
  const plain = bare(heard)
  if (plain === '' || inventions.has(plain)) return ''
  if (speechMs < doubtfulBelowMs && doubtful.has(plain)) return ''
  return unloop(heard)
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A decoder that lost its way says the same few words again and again; nobody does so more than four times, digits aside. */
function unloop(text: string): string {
  const words = text.split(' ')
  for (let length = 1; length <= 8; length++) {
    for (let start = 0; start + length * 5 <= words.length; start++) {
      const phrase = bare(words.slice(start, start + length).join(' '))
      if (phrase === '' || /^[\d ]+$/.test(phrase)) continue
      let times = 1
      while (bare(words.slice(start + times * length, start + (times + 1) * length).join(' ')) === phrase) times += 1
      if (times >= 5) {
        words.splice(start + length, (times - 1) * length)
        return unloop(words.join(' '))
      }
    }
  }
  return words.join(' ')
}
