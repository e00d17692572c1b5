export { readAudio } from './audio.ts'
export { type ClaimedCommand, claimCommands, completeCommand, orderCall, orderLifeMs } from './commands.ts'
export { toColumns, toTranscript } from './decided.ts'
export { changeCall, deleteCall, markRead } from './edit.ts'
export { eventStream } from './event-stream.ts'
export { exportCalls } from './export.ts'
export { isKnownCall, receiveCall } from './incoming.ts'
export { closeStreams } from './live.ts'
export { findCallDetail, listCalls, listHistory, readLimit, readStats, readStatus, searchCalls } from './read.ts'
export {
  appendEvents,
  type BeginCall,
  beginCall,
  beginRecording,
  type CallOutcome,
  type CallProgress,
  changeRecording,
  finishCall,
  listRecordings,
  type NewRecording,
} from './record.ts'
export { hasRoomToRecord, recordingFile } from './recording-files.ts'
export { applyRetention, type Retention } from './retention.ts'
export { addTurn, tryCall } from './turns.ts'
export { askWhatIf } from './what-if.ts'
export { reconcileCalls, startCallWork } from './work.ts'
