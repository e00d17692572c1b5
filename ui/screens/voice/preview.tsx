import '../../strings/areas/service.ts'
import { useMutation } from '@tanstack/react-query'
import { Volume2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { PreviewInput } from '#lib/voice/contract.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** Says a sentence as a caller would hear it. */
export function Preview({ input }: { input: PreviewInput }) {
  const { t } = useStrings()
  const client = useApi()
  const say = useProblemText()
  const player = useRef<HTMLAudioElement | null>(null)
  useEffect(() => () => player.current?.pause(), [])
  const hear = useMutation({
    async mutationFn() {
      const answer = await client.open('POST', '/api/v1/voice/preview', { body: input, headers: { accept: '*/*' } })
      const url = URL.createObjectURL(await answer.blob())
      player.current?.pause()
      player.current = new Audio(url)
      player.current.onended = () => URL.revokeObjectURL(url)
      await player.current.play()
    },
    onError: error => tellProblem(say(error)),
  })
  return (
    <Button
      className="justify-self-start"
      busy={hear.isPending}
      disabled={!input.text.trim()}
      onClick={() => hear.mutate()}
    >
      <Volume2 /> {t('voice.hear')}
    </Button>
  )
}
