/** Models that were made for following a schema and run on small machines, best first. A name fits with any tag. */
const preferred = [
  'qwen3:4b',
  'qwen2.5:7b',
  'llama3.1',
  'qwen3',
  'gemma3:4b',
  'llama3.2',
  'qwen2.5:3b',
  'qwen2.5',
  'gemma3',
  'phi4-mini',
  'phi4',
  'phi3',
  'mistral',
  'gemma2',
  'granite3',
  'smollm2',
  'llama3',
  'gpt-oss',
  'tinyllama',
  'llama2',
]
const unfit = /embed|embedding|minilm|bge|rerank|vision|llava|whisper|coder|code|guard|ocr/i

/** The model to use when none is named: the best installed of a short list, else the first that can chat; null when there is none. */
export function pickModel(installed: readonly string[]): string | null {
  const fit = installed.filter(name => !unfit.test(name))
  for (const wish of preferred) {
    const found = fit.find(
      name =>
        name === wish ||
        name === `${wish}:latest` ||
        name.startsWith(wish.includes(':') ? `${wish}-` : `${wish}:`) ||
        name.startsWith(`${wish}.`),
    )
    if (found) return found
  }
  return fit[0] ?? null
}
