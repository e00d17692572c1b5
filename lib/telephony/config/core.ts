import type { PbxSettings } from './settings.ts'
import { heading, section } from './text.ts'

const isLoopback = (bind: string) => bind === '127.0.0.1' || bind === '::1' || bind === 'localhost'

export function httpConf({ ari }: PbxSettings): string {
  return [
    heading,
    section('general', {
      enabled: 'yes',
      bindaddr: ari.bind,
      bindport: ari.port,
      // a media socket for each call, and requests beside them
      sessionlimit: 2_000,
      session_inactivity: 30_000,
    }),
  ].join('\n')
}

export function ariConf({ ari }: PbxSettings): string {
  return [
    heading,
    section('general', { enabled: 'yes', pretty: 'no', websocket_write_timeout: 500 }),
    ...(isLoopback(ari.bind)
      ? []
      : ['; deny and permit need Asterisk 20.19, 22.9 or 23.3; on older ones use a firewall']),
    section(ari.user, {
      type: 'user',
      read_only: 'no',
      password: ari.password,
      password_format: 'plain',
      ...(isLoopback(ari.bind) ? {} : { deny: '0.0.0.0/0.0.0.0,::/0', permit: ari.permit.join(',') }),
    }),
  ].join('\n')
}

/** The user alone: FreePBX writes the general part of ari.conf itself. */
export function ariUserConf(settings: PbxSettings): string {
  return ariConf(settings).replace(/\[general\][^[]*/, '')
}

export function rtpConf({ rtp }: PbxSettings): string {
  return [heading, section('general', { rtpstart: rtp.from, rtpend: rtp.to, icesupport: 'no', strictrtp: 'yes' })].join(
    '\n',
  )
}

export function loggerConf(): string {
  return [
    heading,
    section('general', { dateformat: '%F %T.%3q' }),
    '[logfiles]',
    'console => notice,warning,error',
    'messages => notice,warning,error',
    'security => security',
    '',
  ].join('\n')
}

/** What the assistant's calls need, in the order in which Asterisk loads best. Older releases lack some and say so. */
export const neededModules = `
res_timing_timerfd res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip res_pjsip_session
res_pjsip_sdp_rtp res_pjsip_caller_id res_pjsip_dtmf_info res_pjsip_header_funcs res_pjsip_rfc3326 res_pjsip_diversion
res_pjsip_refer res_pjsip_registrar res_pjsip_logger res_pjsip_pubsub res_pjsip_nat res_pjsip_outbound_registration
res_pjsip_outbound_authenticator_digest res_pjsip_authenticator_digest res_pjsip_endpoint_identifier_ip
res_pjsip_endpoint_identifier_user res_pjsip_path res_pjsip_acl res_rtp_asterisk res_crypto res_format_attr_opus chan_pjsip
chan_bridge_media res_http_websocket res_websocket_client chan_websocket res_audiosocket chan_audiosocket res_stasis
res_stasis_answer res_stasis_playback res_stasis_recording res_stasis_snoop res_stasis_device_state res_ari
res_ari_model res_ari_applications res_ari_asterisk res_ari_bridges res_ari_channels res_ari_device_states
res_ari_endpoints res_ari_events res_ari_playbacks res_ari_recordings res_ari_sounds bridge_simple bridge_native_rtp
bridge_softmix bridge_holding bridge_builtin_features codec_alaw codec_ulaw codec_a_mu codec_g722 codec_resample
format_wav format_sln format_pcm pbx_config app_stasis app_dial app_playback app_verbose app_exec app_record app_stack app_echo
func_callerid func_channel func_strings func_cut func_logic func_timeout func_global func_hangupcause func_dialplan
`
  .trim()
  .split(/\s+/)

export function modulesConf(): string {
  const lines = neededModules.map(name => `load = ${name}.so`)
  return [heading, '[modules]', 'autoload = no', ...lines, ''].join('\n')
}
