export type {
  Action,
  Caller,
  DecidedBy,
  Decision,
  EvalCase,
  Facts,
  Household,
  HouseholdLine,
  Overrides,
  RuleDraft,
  Rung,
  RungResult,
  ScreenInput,
  Source,
  Turn,
  Urgency,
} from './contract.ts'
export { loadCaller, loadHousehold, loadLine, noteEmergencyCall } from './household.ts'
export { listen } from './listener/index.ts'
export type { ModelStatus } from './model/engine.ts'
export { testRules } from './rule-test.ts'
export { converseDecision, modelStatus, screen, screenBeforeAnswer, warmModel } from './service.ts'
