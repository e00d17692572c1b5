export type { NewRule, Rule, RuleChange, RuleTest, RuleTestResult } from './contract.ts'
export { changeRule, createRule, getRule, listRules, orderRules, removeRule, rulesOf } from './service.ts'
