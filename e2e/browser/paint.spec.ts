import { expect, test } from './fixtures.ts'

/** The words that the server painted are kept when the page comes alive, and not drawn again: nobody sees them go and come. */
test('a call’s page keeps what the server painted until it listens', async ({ maria, service }) => {
  let painted = ''
  await maria.route(`${service.url}/inbox/seed-3`, async route => {
    const answer = await route.fetch()
    painted = await answer.text()
    await route.fulfill({ response: answer, body: painted })
  })
  // What the page loads by itself comes late: the stream of news and the list are there long before it.
  await maria.route('**/_next/static/chunks/*.js', async route => {
    if (!painted.includes(new URL(route.request().url()).pathname))
      await new Promise(resolve => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await maria.goto('/inbox/seed-3')
  const article = maria.getByRole('article', { includeHidden: true })
  await article.evaluate(element => element.setAttribute('data-painted', 'by the server'))
  await expect(maria.getByLabel('Your note')).toBeEnabled()
  await expect(article).toHaveAttribute('data-painted', 'by the server')
})
