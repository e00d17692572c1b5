// Generated from Asterisk's rest-api/*.json by generate.ts. Do not edit.
export type AdditionalParam = {
  parameter_name: string
  parameter_value: string
}
export type Application = {
  name: string
  channel_ids: string[]
  bridge_ids: string[]
  endpoint_ids: string[]
  device_names: string[]
  events_allowed: Record<string, unknown>[]
  events_disallowed: Record<string, unknown>[]
}
export type ApplicationMoveFailed = {
  type: 'ApplicationMoveFailed'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  destination: string
  args: string[]
}
export type ApplicationRegistered = {
  type: 'ApplicationRegistered'
  application: string
  timestamp?: string
  asterisk_id?: string
}
export type ApplicationReplaced = {
  type: 'ApplicationReplaced'
  application: string
  timestamp?: string
  asterisk_id?: string
}
export type ApplicationUnregistered = {
  type: 'ApplicationUnregistered'
  application: string
  timestamp?: string
  asterisk_id?: string
}
export type AsteriskInfo = {
  build?: BuildInfo
  system?: SystemInfo
  config?: ConfigInfo
  status?: StatusInfo
}
export type AsteriskPing = {
  asterisk_id: string
  ping: string
  timestamp: string
}
export type Bridge = {
  id: string
  technology: string
  bridge_type: 'mixing' | 'holding'
  bridge_class: string
  creator: string
  name: string
  channels: string[]
  video_mode?: string
  video_source_id?: string
  creationtime: string
  bridgevars?: Record<string, unknown>
}
export type BridgeAttendedTransfer = {
  type: 'BridgeAttendedTransfer'
  application: string
  timestamp?: string
  asterisk_id?: string
  transferer_first_leg: Channel
  transferer_second_leg: Channel
  replace_channel?: Channel
  transferee?: Channel
  transfer_target?: Channel
  result: string
  is_external: boolean
  transferer_first_leg_bridge?: Bridge
  transferer_second_leg_bridge?: Bridge
  destination_type: string
  destination_bridge?: string
  destination_application?: string
  destination_link_first_leg?: Channel
  destination_link_second_leg?: Channel
  destination_threeway_channel?: Channel
  destination_threeway_bridge?: Bridge
}
export type BridgeBlindTransfer = {
  type: 'BridgeBlindTransfer'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  replace_channel?: Channel
  transferee?: Channel
  exten: string
  context: string
  result: string
  is_external: boolean
  bridge?: Bridge
}
export type BridgeCreated = {
  type: 'BridgeCreated'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
}
export type BridgeDestroyed = {
  type: 'BridgeDestroyed'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
}
export type BridgeMerged = {
  type: 'BridgeMerged'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
  bridge_from: Bridge
}
export type BridgeVideoSourceChanged = {
  type: 'BridgeVideoSourceChanged'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
  old_video_source_id?: string
}
export type BuildInfo = {
  os: string
  kernel: string
  options: string
  machine: string
  date: string
  user: string
}
export type CallBroadcast = {
  type: 'CallBroadcast'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  caller?: string
  called?: string
}
export type CallClaimed = {
  type: 'CallClaimed'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  winner_app: string
}
export type CallerID = {
  name: string
  number: string
}
export type Channel = {
  id: string
  protocol_id: string
  name: string
  state: 'Down' | 'Rsrved' | 'OffHook' | 'Dialing' | 'Ring' | 'Ringing' | 'Up' | 'Busy' | 'Dialing Offhook' | 'Pre-ring' | 'Unknown'
  caller: CallerID
  connected: CallerID
  accountcode: string
  dialplan: DialplanCEP
  creationtime: string
  language: string
  channelvars?: Record<string, unknown>
  caller_rdnis?: string
  tenantid?: string
}
export type ChannelCallerId = {
  type: 'ChannelCallerId'
  application: string
  timestamp?: string
  asterisk_id?: string
  caller_presentation: number
  caller_presentation_txt: string
  channel: Channel
}
export type ChannelConnectedLine = {
  type: 'ChannelConnectedLine'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelCreated = {
  type: 'ChannelCreated'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelDestroyed = {
  type: 'ChannelDestroyed'
  application: string
  timestamp?: string
  asterisk_id?: string
  cause: number
  cause_txt: string
  tech_cause?: number
  channel: Channel
}
export type ChannelDialplan = {
  type: 'ChannelDialplan'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  dialplan_app: string
  dialplan_app_data: string
}
export type ChannelDtmfReceived = {
  type: 'ChannelDtmfReceived'
  application: string
  timestamp?: string
  asterisk_id?: string
  digit: string
  duration_ms: number
  channel: Channel
}
export type ChannelEnteredBridge = {
  type: 'ChannelEnteredBridge'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
  channel?: Channel
}
export type ChannelHangupRequest = {
  type: 'ChannelHangupRequest'
  application: string
  timestamp?: string
  asterisk_id?: string
  cause?: number
  tech_cause?: number
  soft?: boolean
  channel: Channel
}
export type ChannelHold = {
  type: 'ChannelHold'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  musicclass?: string
}
export type ChannelLeftBridge = {
  type: 'ChannelLeftBridge'
  application: string
  timestamp?: string
  asterisk_id?: string
  bridge: Bridge
  channel: Channel
}
export type ChannelStateChange = {
  type: 'ChannelStateChange'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelTalkingFinished = {
  type: 'ChannelTalkingFinished'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
  duration: number
}
export type ChannelTalkingStarted = {
  type: 'ChannelTalkingStarted'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelToneDetected = {
  type: 'ChannelToneDetected'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelTransfer = {
  type: 'ChannelTransfer'
  application: string
  timestamp?: string
  asterisk_id?: string
  state?: string
  refer_to: ReferTo
  referred_by: ReferredBy
}
export type ChannelUnhold = {
  type: 'ChannelUnhold'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type ChannelUserevent = {
  type: 'ChannelUserevent'
  application: string
  timestamp?: string
  asterisk_id?: string
  eventname: string
  channel?: Channel
  bridge?: Bridge
  endpoint?: Endpoint
  userevent: Record<string, unknown>
}
export type ChannelVarset = {
  type: 'ChannelVarset'
  application: string
  timestamp?: string
  asterisk_id?: string
  variable: string
  value: string
  channel?: Channel
}
export type ConfigInfo = {
  name: string
  default_language: string
  max_channels?: number
  max_open_files?: number
  max_load?: number
  setid: SetId
}
export type ConfigTuple = {
  attribute: string
  value: string
}
export type ContactInfo = {
  uri: string
  contact_status: 'Unreachable' | 'Reachable' | 'Unknown' | 'NonQualified' | 'Removed'
  aor: string
  roundtrip_usec?: string
}
export type ContactStatusChange = {
  type: 'ContactStatusChange'
  application: string
  timestamp?: string
  asterisk_id?: string
  endpoint: Endpoint
  contact_info: ContactInfo
}
export type DeviceState = {
  name: string
  state: 'UNKNOWN' | 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD'
}
export type DeviceStateChanged = {
  type: 'DeviceStateChanged'
  application: string
  timestamp?: string
  asterisk_id?: string
  device_state: DeviceState
}
export type Dial = {
  type: 'Dial'
  application: string
  timestamp?: string
  asterisk_id?: string
  caller?: Channel
  peer: Channel
  forward?: string
  forwarded?: Channel
  dialstring?: string
  dialstatus: string
}
export type Dialed = {

}
export type DialplanCEP = {
  context: string
  exten: string
  priority: number
  app_name: string
  app_data: string
}
export type Endpoint = {
  technology: string
  resource: string
  state?: 'unknown' | 'offline' | 'online'
  channel_ids: string[]
}
export type EndpointStateChange = {
  type: 'EndpointStateChange'
  application: string
  timestamp?: string
  asterisk_id?: string
  endpoint: Endpoint
}
export type Event = {
  application: string
  timestamp: string
}
export type FormatLangPair = {
  language: string
  format: string
}
export type LiveRecording = {
  name: string
  format: string
  target_uri: string
  state: 'queued' | 'recording' | 'paused' | 'done' | 'failed' | 'canceled'
  duration?: number
  talking_duration?: number
  silence_duration?: number
  cause?: string
}
export type LogChannel = {
  channel: string
  type: string
  status: string
  configuration: string
}
export type Mailbox = {
  name: string
  old_messages: number
  new_messages: number
}
export type Message = {
  type: string
  asterisk_id?: string
}
export type MissingParams = {
  params: string[]
}
export type Module = {
  name: string
  description: string
  use_count: number
  status: string
  support_level: string
}
export type Peer = {
  peer_status: string
  cause?: string
  address?: string
  port?: string
  time?: string
}
export type PeerStatusChange = {
  type: 'PeerStatusChange'
  application: string
  timestamp?: string
  asterisk_id?: string
  endpoint: Endpoint
  peer: Peer
}
export type Playback = {
  id: string
  media_uri: string
  next_media_uri?: string
  target_uri: string
  language?: string
  state: 'queued' | 'playing' | 'continuing' | 'done' | 'failed'
}
export type PlaybackContinuing = {
  type: 'PlaybackContinuing'
  application: string
  timestamp?: string
  asterisk_id?: string
  playback: Playback
}
export type PlaybackFinished = {
  type: 'PlaybackFinished'
  application: string
  timestamp?: string
  asterisk_id?: string
  playback: Playback
}
export type PlaybackStarted = {
  type: 'PlaybackStarted'
  application: string
  timestamp?: string
  asterisk_id?: string
  playback: Playback
}
export type RecordingFailed = {
  type: 'RecordingFailed'
  application: string
  timestamp?: string
  asterisk_id?: string
  recording: LiveRecording
}
export type RecordingFinished = {
  type: 'RecordingFinished'
  application: string
  timestamp?: string
  asterisk_id?: string
  recording: LiveRecording
}
export type RecordingStarted = {
  type: 'RecordingStarted'
  application: string
  timestamp?: string
  asterisk_id?: string
  recording: LiveRecording
}
export type ReferredBy = {
  source_channel: Channel
  connected_channel?: Channel
  bridge?: Bridge
}
export type ReferTo = {
  requested_destination: RequiredDestination
  destination_channel?: Channel
  connected_channel?: Channel
  bridge?: Bridge
}
export type RequiredDestination = {
  protocol_id?: string
  destination?: string
  additional_protocol_params?: AdditionalParam[]
}
export type RESTHeader = {
  name: string
  value: string
}
export type RESTQueryStringParameter = {
  name: string
  value: string
}
export type RESTRequest = {
  type: string
  transaction_id: string
  request_id: string
  method: string
  uri: string
  content_type?: string
  query_strings?: RESTQueryStringParameter[]
  message_body?: string
}
export type RESTResponse = {
  type: 'RESTResponse'
  application: string
  timestamp?: string
  asterisk_id?: string
  transaction_id: string
  request_id: string
  status_code: number
  reason_phrase: string
  uri: string
  content_type?: string
  message_body?: string
}
export type RTPstat = {
  txcount: number
  rxcount: number
  txjitter?: number
  rxjitter?: number
  remote_maxjitter?: number
  remote_minjitter?: number
  remote_normdevjitter?: number
  remote_stdevjitter?: number
  local_maxjitter?: number
  local_minjitter?: number
  local_normdevjitter?: number
  local_stdevjitter?: number
  txploss: number
  rxploss: number
  remote_maxrxploss?: number
  remote_minrxploss?: number
  remote_normdevrxploss?: number
  remote_stdevrxploss?: number
  local_maxrxploss?: number
  local_minrxploss?: number
  local_normdevrxploss?: number
  local_stdevrxploss?: number
  rtt?: number
  maxrtt?: number
  minrtt?: number
  normdevrtt?: number
  stdevrtt?: number
  local_ssrc: number
  remote_ssrc: number
  txoctetcount: number
  rxoctetcount: number
  channel_uniqueid: string
}
export type SetId = {
  user: string
  group: string
}
export type Sound = {
  id: string
  text?: string
  formats: FormatLangPair[]
}
export type StasisEnd = {
  type: 'StasisEnd'
  application: string
  timestamp?: string
  asterisk_id?: string
  channel: Channel
}
export type StasisStart = {
  type: 'StasisStart'
  application: string
  timestamp?: string
  asterisk_id?: string
  args: string[]
  channel: Channel
  replace_channel?: Channel
}
export type StatusInfo = {
  startup_time: string
  last_reload_time: string
}
export type StoredRecording = {
  name: string
  format: string
}
export type SystemInfo = {
  version: string
  entity_id: string
}
export type TextMessage = {
  from: string
  to: string
  body: string
  variables?: Record<string, unknown>
}
export type TextMessageReceived = {
  type: 'TextMessageReceived'
  application: string
  timestamp?: string
  asterisk_id?: string
  message: TextMessage
  endpoint?: Endpoint
}
export type Variable = {
  value: string
}
export type Variables = {
  variables: Record<string, unknown>
}
export type Operations = {
  'DELETE /applications/{applicationName}/subscription': { parameters: { applicationName: string; eventSource: string[] | string }; result: Application }
  'DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}': { parameters: { configClass: string; objectType: string; id: string }; result: undefined }
  'DELETE /asterisk/logging/{logChannelName}': { parameters: { logChannelName: string }; result: undefined }
  'DELETE /asterisk/modules/{moduleName}': { parameters: { moduleName: string }; result: undefined }
  'DELETE /bridges/{bridgeId}': { parameters: { bridgeId: string }; result: undefined }
  'DELETE /bridges/{bridgeId}/moh': { parameters: { bridgeId: string }; result: undefined }
  'DELETE /bridges/{bridgeId}/videoSource': { parameters: { bridgeId: string }; result: undefined }
  'DELETE /channels/{channelId}': { parameters: { channelId: string; reason_code?: string; reason?: 'normal' | 'busy' | 'congestion' | 'no_answer' | 'timeout' | 'rejected' | 'unallocated' | 'normal_unspecified' | 'number_incomplete' | 'codec_mismatch' | 'interworking' | 'failure' | 'answered_elsewhere' }; result: undefined }
  'DELETE /channels/{channelId}/hold': { parameters: { channelId: string }; result: undefined }
  'DELETE /channels/{channelId}/moh': { parameters: { channelId: string }; result: undefined }
  'DELETE /channels/{channelId}/mute': { parameters: { channelId: string; direction?: 'both' | 'in' | 'out' }; result: undefined }
  'DELETE /channels/{channelId}/ring': { parameters: { channelId: string }; result: undefined }
  'DELETE /channels/{channelId}/silence': { parameters: { channelId: string }; result: undefined }
  'DELETE /deviceStates/{deviceName}': { parameters: { deviceName: string }; result: undefined }
  'DELETE /mailboxes/{mailboxName}': { parameters: { mailboxName: string }; result: undefined }
  'DELETE /playbacks/{playbackId}': { parameters: { playbackId: string }; result: undefined }
  'DELETE /recordings/live/{recordingName}': { parameters: { recordingName: string }; result: undefined }
  'DELETE /recordings/live/{recordingName}/mute': { parameters: { recordingName: string }; result: undefined }
  'DELETE /recordings/live/{recordingName}/pause': { parameters: { recordingName: string }; result: undefined }
  'DELETE /recordings/stored/{recordingName}': { parameters: { recordingName: string }; result: undefined }
  'GET /applications': { parameters: {  }; result: Application[] }
  'GET /applications/{applicationName}': { parameters: { applicationName: string }; result: Application }
  'GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}': { parameters: { configClass: string; objectType: string; id: string }; result: ConfigTuple[] }
  'GET /asterisk/info': { parameters: { only?: ('build' | 'system' | 'config' | 'status')[] | 'build' | 'system' | 'config' | 'status' }; result: AsteriskInfo }
  'GET /asterisk/logging': { parameters: {  }; result: LogChannel[] }
  'GET /asterisk/modules': { parameters: {  }; result: Module[] }
  'GET /asterisk/modules/{moduleName}': { parameters: { moduleName: string }; result: Module }
  'GET /asterisk/ping': { parameters: {  }; result: AsteriskPing }
  'GET /asterisk/variable': { parameters: { variable: string }; result: Variable }
  'GET /bridges': { parameters: {  }; result: Bridge[] }
  'GET /bridges/{bridgeId}': { parameters: { bridgeId: string }; result: Bridge }
  'GET /bridges/{bridgeId}/variable': { parameters: { bridgeId: string; variable: string }; result: Variable }
  'GET /bridges/{bridgeId}/variables': { parameters: { bridgeId: string; variables: string[] | string }; result: Variables }
  'GET /channels': { parameters: {  }; result: Channel[] }
  'GET /channels/{channelId}': { parameters: { channelId: string }; result: Channel }
  'GET /channels/{channelId}/rtp_statistics': { parameters: { channelId: string }; result: RTPstat }
  'GET /channels/{channelId}/variable': { parameters: { channelId: string; variable: string }; result: Variable }
  'GET /channels/{channelId}/variables': { parameters: { channelId: string; variables: string[] | string }; result: Variables }
  'GET /deviceStates': { parameters: {  }; result: DeviceState[] }
  'GET /deviceStates/{deviceName}': { parameters: { deviceName: string }; result: DeviceState }
  'GET /endpoints': { parameters: {  }; result: Endpoint[] }
  'GET /endpoints/{tech}': { parameters: { tech?: string }; result: Endpoint[] }
  'GET /endpoints/{tech}/{resource}': { parameters: { tech?: string; resource?: string }; result: Endpoint }
  'GET /mailboxes': { parameters: {  }; result: Mailbox[] }
  'GET /mailboxes/{mailboxName}': { parameters: { mailboxName: string }; result: Mailbox }
  'GET /playbacks/{playbackId}': { parameters: { playbackId: string }; result: Playback }
  'GET /recordings/live/{recordingName}': { parameters: { recordingName: string }; result: LiveRecording }
  'GET /recordings/stored': { parameters: {  }; result: StoredRecording[] }
  'GET /recordings/stored/{recordingName}': { parameters: { recordingName: string }; result: StoredRecording }
  'GET /recordings/stored/{recordingName}/file': { parameters: { recordingName: string }; result: ArrayBuffer }
  'GET /sounds': { parameters: { lang?: string; format?: string }; result: Sound[] }
  'GET /sounds/{soundId}': { parameters: { soundId: string }; result: Sound }
  'POST /applications/{applicationName}/subscription': { parameters: { applicationName: string; eventSource: string[] | string }; result: Application }
  'POST /asterisk/logging/{logChannelName}': { parameters: { logChannelName: string; configuration: string }; result: undefined }
  'POST /asterisk/modules/{moduleName}': { parameters: { moduleName: string }; result: undefined }
  'POST /asterisk/variable': { parameters: { variable: string; value?: string }; result: undefined }
  'POST /bridges': { parameters: { type?: string; bridgeId?: string; name?: string; variables?: Record<string, unknown> }; result: Bridge }
  'POST /bridges/{bridgeId}': { parameters: { type?: string; bridgeId: string; name?: string; variables?: Record<string, unknown> }; result: Bridge }
  'POST /bridges/{bridgeId}/addChannel': { parameters: { bridgeId: string; channel: string[] | string; role?: string; absorbDTMF?: boolean; mute?: boolean; inhibitConnectedLineUpdates?: boolean }; result: undefined }
  'POST /bridges/{bridgeId}/moh': { parameters: { bridgeId: string; mohClass?: string }; result: undefined }
  'POST /bridges/{bridgeId}/play': { parameters: { bridgeId: string; media: string[] | string; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number; playbackId?: string }; result: Playback }
  'POST /bridges/{bridgeId}/play/{playbackId}': { parameters: { bridgeId: string; playbackId: string; media: string[] | string; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number }; result: Playback }
  'POST /bridges/{bridgeId}/record': { parameters: { bridgeId: string; name: string; format: string; recorder_format?: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: 'fail' | 'overwrite' | 'append'; beep?: boolean; terminateOn?: 'none' | 'any' | '*' | '#' }; result: LiveRecording }
  'POST /bridges/{bridgeId}/removeChannel': { parameters: { bridgeId: string; channel: string[] | string }; result: undefined }
  'POST /bridges/{bridgeId}/variable': { parameters: { bridgeId: string; variable: string; value?: string; report_events?: boolean }; result: undefined }
  'POST /bridges/{bridgeId}/variables': { parameters: { bridgeId: string; variables: Record<string, unknown> }; result: undefined }
  'POST /bridges/{bridgeId}/videoSource/{channelId}': { parameters: { bridgeId: string; channelId: string }; result: undefined }
  'POST /channels': { parameters: { endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: Record<string, unknown>; channelId?: string; otherChannelId?: string; originator?: string; formats?: string }; result: Channel }
  'POST /channels/create': { parameters: { endpoint: string; app: string; appArgs?: string; channelId?: string; otherChannelId?: string; originator?: string; formats?: string; variables?: Record<string, unknown> }; result: Channel }
  'POST /channels/externalMedia': { parameters: { channelId?: string; app: string; variables?: Record<string, unknown>; external_host?: string; encapsulation?: 'rtp' | 'audiosocket' | 'none'; transport?: 'udp' | 'tcp' | 'websocket'; connection_type?: 'client' | 'server'; format: string; direction?: 'both'; data?: string; transport_data?: string }; result: Channel }
  'POST /channels/{channelId}': { parameters: { channelId: string; endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: Record<string, unknown>; otherChannelId?: string; originator?: string; formats?: string }; result: Channel }
  'POST /channels/{channelId}/answer': { parameters: { channelId: string }; result: undefined }
  'POST /channels/{channelId}/continue': { parameters: { channelId: string; context?: string; extension?: string; priority?: number; label?: string }; result: undefined }
  'POST /channels/{channelId}/dial': { parameters: { channelId: string; caller?: string; timeout?: number }; result: undefined }
  'POST /channels/{channelId}/dtmf': { parameters: { channelId: string; dtmf?: string; before?: number; between?: number; duration?: number; after?: number }; result: undefined }
  'POST /channels/{channelId}/hold': { parameters: { channelId: string }; result: undefined }
  'POST /channels/{channelId}/moh': { parameters: { channelId: string; mohClass?: string }; result: undefined }
  'POST /channels/{channelId}/move': { parameters: { channelId: string; app: string; appArgs?: string }; result: undefined }
  'POST /channels/{channelId}/mute': { parameters: { channelId: string; direction?: 'both' | 'in' | 'out' }; result: undefined }
  'POST /channels/{channelId}/play': { parameters: { channelId: string; media: string[] | string; lang?: string; offsetms?: number; skipms?: number; playbackId?: string }; result: Playback }
  'POST /channels/{channelId}/play/{playbackId}': { parameters: { channelId: string; playbackId: string; media: string[] | string; lang?: string; offsetms?: number; skipms?: number }; result: Playback }
  'POST /channels/{channelId}/progress': { parameters: { channelId: string }; result: undefined }
  'POST /channels/{channelId}/record': { parameters: { channelId: string; name: string; format: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: 'fail' | 'overwrite' | 'append'; beep?: boolean; terminateOn?: 'none' | 'any' | '*' | '#' }; result: LiveRecording }
  'POST /channels/{channelId}/redirect': { parameters: { channelId: string; endpoint: string }; result: undefined }
  'POST /channels/{channelId}/ring': { parameters: { channelId: string }; result: undefined }
  'POST /channels/{channelId}/silence': { parameters: { channelId: string }; result: undefined }
  'POST /channels/{channelId}/snoop': { parameters: { channelId: string; spy?: 'none' | 'both' | 'out' | 'in'; whisper?: 'none' | 'both' | 'out' | 'in'; app: string; appArgs?: string; snoopId?: string }; result: Channel }
  'POST /channels/{channelId}/snoop/{snoopId}': { parameters: { channelId: string; snoopId: string; spy?: 'none' | 'both' | 'out' | 'in'; whisper?: 'none' | 'both' | 'out' | 'in'; app: string; appArgs?: string }; result: Channel }
  'POST /channels/{channelId}/transfer_progress': { parameters: { channelId: string; states: string }; result: undefined }
  'POST /channels/{channelId}/variable': { parameters: { channelId: string; variable: string; value?: string; report_events?: boolean }; result: undefined }
  'POST /channels/{channelId}/variables': { parameters: { channelId: string; variables: Record<string, unknown> }; result: undefined }
  'POST /endpoints/refer': { parameters: { to: string; from: string; refer_to: string; to_self?: boolean; variables?: Record<string, unknown> }; result: undefined }
  'POST /endpoints/{tech}/{resource}/refer': { parameters: { tech?: string; resource?: string; from: string; refer_to: string; to_self?: boolean; variables?: Record<string, unknown> }; result: undefined }
  'POST /events/claim': { parameters: { channelId: string; application: string }; result: undefined }
  'POST /events/user/{eventName}': { parameters: { eventName: string; application: string; source?: string[] | string; variables?: Record<string, unknown> }; result: undefined }
  'POST /playbacks/{playbackId}/control': { parameters: { playbackId: string; operation: 'restart' | 'pause' | 'unpause' | 'reverse' | 'forward' }; result: undefined }
  'POST /recordings/live/{recordingName}/mute': { parameters: { recordingName: string }; result: undefined }
  'POST /recordings/live/{recordingName}/pause': { parameters: { recordingName: string }; result: undefined }
  'POST /recordings/live/{recordingName}/stop': { parameters: { recordingName: string }; result: undefined }
  'POST /recordings/stored/{recordingName}/copy': { parameters: { recordingName: string; destinationRecordingName: string }; result: StoredRecording }
  'PUT /applications/{applicationName}/eventFilter': { parameters: { applicationName: string; filter?: Record<string, unknown> }; result: Application }
  'PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}': { parameters: { configClass: string; objectType: string; id: string; fields?: Record<string, unknown> }; result: ConfigTuple[] }
  'PUT /asterisk/logging/{logChannelName}/rotate': { parameters: { logChannelName: string }; result: undefined }
  'PUT /asterisk/modules/{moduleName}': { parameters: { moduleName: string }; result: undefined }
  'PUT /deviceStates/{deviceName}': { parameters: { deviceName: string; deviceState: 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD' }; result: undefined }
  'PUT /endpoints/sendMessage': { parameters: { to: string; from: string; body?: string; variables?: Record<string, unknown> }; result: undefined }
  'PUT /endpoints/{tech}/{resource}/sendMessage': { parameters: { tech?: string; resource?: string; from: string; body?: string; variables?: Record<string, unknown> }; result: undefined }
  'PUT /mailboxes/{mailboxName}': { parameters: { mailboxName: string; oldMessages: number; newMessages: number }; result: undefined }
}
export type AriEvent =
  | DeviceStateChanged
  | PlaybackStarted
  | PlaybackContinuing
  | PlaybackFinished
  | RecordingStarted
  | RecordingFinished
  | RecordingFailed
  | ApplicationMoveFailed
  | ApplicationRegistered
  | ApplicationUnregistered
  | ApplicationReplaced
  | BridgeCreated
  | BridgeDestroyed
  | BridgeMerged
  | BridgeBlindTransfer
  | BridgeAttendedTransfer
  | BridgeVideoSourceChanged
  | ChannelCreated
  | ChannelDestroyed
  | ChannelEnteredBridge
  | ChannelLeftBridge
  | ChannelStateChange
  | ChannelDtmfReceived
  | ChannelDialplan
  | ChannelCallerId
  | ChannelUserevent
  | ChannelHangupRequest
  | ChannelVarset
  | ChannelToneDetected
  | ChannelTalkingStarted
  | ChannelTalkingFinished
  | ChannelHold
  | ChannelUnhold
  | ContactStatusChange
  | EndpointStateChange
  | Dial
  | StasisEnd
  | StasisStart
  | TextMessageReceived
  | ChannelConnectedLine
  | PeerStatusChange
  | ChannelTransfer
  | RESTResponse
  | CallBroadcast
  | CallClaimed
