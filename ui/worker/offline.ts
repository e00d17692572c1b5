const words = {
  en: {
    title: 'No connection',
    text: 'Your server cannot be reached. Calls are still answered; what happens meanwhile is in the inbox when you are back.',
    again: 'Try again',
  },
  de: {
    title: 'Keine Verbindung',
    text: 'Dein Server ist nicht erreichbar. Anrufe werden weiter angenommen; was inzwischen geschieht, steht danach im Posteingang.',
    again: 'Noch einmal versuchen',
  },
}

const style = `:root{color-scheme:light dark;--paper:#faf9f7;--ink:#1b1d21;--ink-2:#565b65;--accent:#0e7c6b;--on:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#121417;--ink:#eceef1;--ink-2:#a9afb9;--accent:#3cc2a8;--on:#06251f}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:16px/1.5 ui-sans-serif,system-ui,sans-serif}
main{max-width:24rem;padding:24px}h1{font-size:22px;letter-spacing:-.02em;margin:0 0 8px}p{color:var(--ink-2);margin:0 0 20px}
a{display:inline-block;background:var(--accent);color:var(--on);padding:10px 16px;border-radius:10px;text-decoration:none;font-weight:560}`

/** The page for when nothing answers. It is made here, so that it needs no file, no network and no cache. */
export function offlinePage(language: string): Response {
  const code = language.startsWith('de') ? 'de' : 'en'
  const w = words[code]
  const html = `<!doctype html><html lang="${code}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${w.title}</title><style>${style}</style><main><h1>${w.title}</h1><p>${w.text}</p><a href="">${w.again}</a></main></html>`
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
  })
}
