/** What somebody agrees to by pulling a model: shown before anything is downloaded. */
export type Licence = { id: string; text: string; url: string }

const mit = (holder: string, url: string): Licence => ({
  id: 'MIT',
  url,
  text: `MIT License. Copyright (c) ${holder}.
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated files, to deal in
them without restriction, including the rights to use, copy, modify, merge, publish, distribute, sublicense, and sell copies,
provided that this notice is included in all copies. They are provided "as is", without warranty of any kind; in no event are
the authors liable for any claim arising from their use.`,
})

// Piper and Kokoro archives carry the pronunciation data of eSpeak NG.
const espeak =
  'The archive also holds the pronunciation data of eSpeak NG, which is under the GNU General Public License, version 3 or later.'

export const licences = {
  whisper: mit('2022 OpenAI', 'https://github.com/openai/whisper/blob/main/LICENSE'),
  moonshine: mit('2024 Useful Sensors', 'https://github.com/usefulsensors/moonshine/blob/main/LICENSE'),
  kokoro: {
    id: 'Apache-2.0',
    url: 'https://huggingface.co/hexgrad/Kokoro-82M',
    text: `Licensed under the Apache License, Version 2.0; a copy is at https://www.apache.org/licenses/LICENSE-2.0. It is distributed
on an "as is" basis, without warranties or conditions of any kind. ${espeak}`,
  },
  thorsten: {
    id: 'CC0-1.0',
    url: 'https://huggingface.co/rhasspy/piper-voices/tree/main/de/de_DE/thorsten',
    text: `The recordings of this voice (Thorsten-Voice) were dedicated to the public domain under CC0 1.0:
https://creativecommons.org/publicdomain/zero/1.0/. ${espeak}`,
  },
  ljspeech: {
    id: 'Public domain',
    url: 'https://keithito.com/LJ-Speech-Dataset/',
    text: `The recordings of this voice (the LJ Speech Dataset) are in the public domain. ${espeak}`,
  },
  alba: {
    id: 'CC-BY-4.0',
    url: 'https://huggingface.co/rhasspy/piper-voices/tree/main/en/en_GB/alba',
    text: `The recordings of this voice are under Creative Commons Attribution 4.0: https://creativecommons.org/licenses/by/4.0/.
Whoever passes it on names its makers. ${espeak}`,
  },
} as const satisfies Record<string, Licence>
