export type { ModelJob, ModelList, SpeechModel } from './contract.ts'
export { canManageModels } from './policy.ts'
export { openPreview } from './preview.ts'
export { cancelPull, getJob, listModels, removeInstalled, startPull } from './service.ts'
