import type { Line, LineChange, NewLine } from '#lib/lines/contract.ts'
import type { ImportResult, NewPerson, PeoplePage, PeopleQuery, Person, PersonChange } from '#lib/people/contract.ts'
import type { NewRule, Rule, RuleChange, RuleTest, RuleTestResult } from '#lib/rules/contract.ts'
import type { Client } from './client.ts'

export const listPeople = (client: Client, query: Partial<PeopleQuery>) =>
  client.get<PeoplePage>('/api/v1/people', { query })
export const addPerson = (client: Client, person: NewPerson) => client.post<Person>('/api/v1/people', { body: person })
export const changePerson = (client: Client, id: number, change: PersonChange) =>
  client.patch<Person>(`/api/v1/people/${id}`, { body: change })
export const removePerson = (client: Client, id: number) => client.delete(`/api/v1/people/${id}`)
export const importPeople = (client: Client, file: Blob) =>
  client.post<ImportResult>('/api/v1/people/import', { raw: { content: file, type: 'text/vcard' } })

export const listRules = async (client: Client) => (await client.get<{ rules: Rule[] }>('/api/v1/rules')).rules
export const addRule = (client: Client, rule: NewRule) => client.post<Rule>('/api/v1/rules', { body: rule })
export const changeRule = (client: Client, id: number, change: RuleChange) =>
  client.patch<Rule>(`/api/v1/rules/${id}`, { body: change })
export const removeRule = (client: Client, id: number) => client.delete(`/api/v1/rules/${id}`)
export const orderRules = (client: Client, ids: number[]) =>
  client.put<unknown>('/api/v1/rules/order', { body: { ids } })
export const testRules = (client: Client, test: Omit<RuleTest, 'source'> & { source?: RuleTest['source'] }) =>
  client.post<RuleTestResult>('/api/v1/rules/test', { body: test })

export type BlockList = { list: string; count: number }

export const listBlockLists = async (client: Client) =>
  (await client.get<{ lists: BlockList[] }>('/api/v1/blocked-numbers', { query: { limit: 1 } })).lists
export const importBlockList = (client: Client, list: string, file: Blob) =>
  client.post<ImportResult>('/api/v1/blocked-numbers/import', {
    query: { list },
    raw: { content: file, type: 'text/plain' },
  })
export const removeBlockList = (client: Client, list: string) =>
  client.delete<{ removed: number }>('/api/v1/blocked-numbers', { query: { list } })

export const listLines = async (client: Client) => (await client.get<{ lines: Line[] }>('/api/v1/lines')).lines
export const addLine = (client: Client, line: NewLine) => client.post<Line>('/api/v1/lines', { body: line })
export const changeLine = (client: Client, id: number, change: LineChange) =>
  client.patch<Line>(`/api/v1/lines/${id}`, { body: change })
export const removeLine = (client: Client, id: number) => client.delete(`/api/v1/lines/${id}`)
