import type { Sentences } from '../translate.ts'

/** How the parts of the service are, and what mends them. */
export const health: Sentences = {
  'PostgreSQL answers.': 'PostgreSQL antwortet.',
  'The database answers.': 'Die Datenbank antwortet.',
  'The database does not answer.': 'Die Datenbank antwortet nicht.',
  '{0} GB free.': '{0} GB frei.',
  'Only {0} MB free: nothing is recorded until there are {1} MB.':
    'Nur {0} MB frei: Bis es {1} MB sind, wird nichts aufgenommen.',
  'The data folder cannot be read.': 'Der Datenordner lässt sich nicht lesen.',
  'No telephone is connected: set ASTERISK_PASSWORD to connect Asterisk.':
    'Kein Telefon verbunden: ASTERISK_PASSWORD setzen, um Asterisk zu verbinden.',
  'Asterisk is connected.': 'Asterisk ist verbunden.',
  'Asterisk does not answer.': 'Asterisk antwortet nicht.',
  'Asterisk refuses {0}: ASTERISK_PASSWORD must be the password in ari.conf.':
    'Asterisk weist {0} ab: ASTERISK_PASSWORD muss das Passwort aus ari.conf sein.',
  '{0} answers without ARI: load res_ari, or correct ASTERISK_ARI_URL.':
    '{0} antwortet ohne ARI: res_ari laden oder ASTERISK_ARI_URL berichtigen.',
  'Nothing answers at {0}: start Asterisk, enable http.conf, or correct ASTERISK_HOST and ASTERISK_ARI_URL.':
    'Unter {0} antwortet nichts: Asterisk starten, http.conf einschalten oder ASTERISK_HOST und ASTERISK_ARI_URL berichtigen.',
  'The voice process does not say how Asterisk is.': 'Der Sprachdienst sagt nicht, wie es Asterisk geht.',
  'The voice process does not say how speech recognition is.':
    'Der Sprachdienst sagt nicht, wie es der Spracherkennung geht.',
  'The voice process runs.': 'Der Sprachdienst läuft.',
  'The voice process runs elsewhere, or not yet.': 'Der Sprachdienst läuft anderswo oder noch nicht.',
  'The voice process is starting.': 'Der Sprachdienst startet.',
  'The voice process does not answer.': 'Der Sprachdienst antwortet nicht.',
  'No speech model is installed: callers are offered keys and voicemail.':
    'Kein Sprachmodell eingerichtet: Anrufer wählen mit Tasten und hinterlassen Nachrichten.',

  'Ollama answers, with {0}.': 'Ollama antwortet, mit {0}.',
  'Ollama answers.': 'Ollama antwortet.',
  'Ollama does not answer: your rules and the built-in listener decide.':
    'Ollama antwortet nicht: Ihre Regeln und der eingebaute Zuhörer entscheiden.',
  'No model is connected: your rules and the built-in listener decide.':
    'Kein Modell verbunden: Ihre Regeln und der eingebaute Zuhörer entscheiden.',
  'The model {0} is used.': 'Das Modell {0} wird benutzt.',
  'A model answers.': 'Ein Modell antwortet.',
  'The model {0} is not installed; {1} is used instead.':
    'Das Modell {0} ist nicht eingerichtet; stattdessen wird {1} benutzt.',
  'Ollama runs without a model. The built-in listener decides.':
    'Ollama läuft ohne Modell. Der eingebaute Zuhörer entscheidet.',
  'Ollama does not answer. The built-in listener decides.':
    'Ollama antwortet nicht. Der eingebaute Zuhörer entscheidet.',
  'The model does not answer. The built-in listener decides.':
    'Das Modell antwortet nicht. Der eingebaute Zuhörer entscheidet.',
  'The model has not been asked yet.': 'Das Modell wurde noch nicht gefragt.',

  'Transcription by {0}.': 'Mitschrift durch {0}.',
  '{0} is being loaded.': '{0} wird geladen.',
  '{0} listens on this machine.': '{0} hört auf diesem Rechner zu.',
  '{0} listens meanwhile.': 'Solange hört {0} zu.',
  'No ears yet: callers choose by key and leave messages. Pull a model (npm run models pull moonshine-tiny-en) or set STT_URL.':
    'Noch keine Ohren: Anrufer wählen mit Tasten und hinterlassen Nachrichten. Ein Modell holen (npm run models pull moonshine-tiny-en) oder STT_URL setzen.',
  '{0} speaks English meanwhile.': 'Solange spricht {0} Englisch.',
  '{0} speaks.': '{0} spricht.',
  'flite does not start.': 'flite startet nicht.',
  'TTS_VOICE names no voice that is here; {0} speaks.': 'TTS_VOICE nennt keine Stimme, die hier ist; {0} spricht.',
  'There is no room to record.': 'Zum Aufnehmen ist kein Platz.',
  'No answer in time.': 'Keine Antwort zur rechten Zeit.',
  'It did not end.': 'Es nahm kein Ende.',
  'The media thread stopped.': 'Der Tonkanal brach ab.',
  'Asterisk closed the media socket.': 'Asterisk schloss den Tonkanal.',
}
