import type { Sentences } from '../translate.ts'

/** The models that an administrator fetches: what they are good for, and why one did not come. */
export const models: Sentences = {
  'English. The quickest: for small machines.': 'Englisch. Am schnellsten: für kleine Rechner.',
  'English. Better with names, still quick.': 'Englisch. Besser bei Namen, noch immer schnell.',
  'English and German on a small machine.': 'Englisch und Deutsch auf einem kleinen Rechner.',
  'English on a small machine.': 'Englisch auf einem kleinen Rechner.',
  'English and German. Twice as slow as tiny, and worth it.':
    'Englisch und Deutsch. Halb so schnell wie tiny, und das wert.',
  'English, careful and slower.': 'Englisch, sorgfältig und langsamer.',
  'A clear German voice, quick on every machine.': 'Eine klare deutsche Stimme, schnell auf jedem Rechner.',
  'A natural English voice, quick on every machine.': 'Eine natürliche englische Stimme, schnell auf jedem Rechner.',
  'A natural English voice from Scotland.': 'Eine natürliche englische Stimme aus Schottland.',
  'The most natural English, for a machine with at least four cores.':
    'Das natürlichste Englisch, für einen Rechner mit mindestens vier Kernen.',

  'Cancelled.': 'Abgebrochen.',
  '{0} is ready in Ollama.': '{0} ist in Ollama bereit.',

  'Ollama answered {0}.': 'Ollama antwortete mit {0}.',
  'Ollama answered {0} for {1}.': 'Ollama antwortete auf {1} mit {0}.',
  'Ollama says: {0}': 'Ollama sagt: {0}',
  'Ollama has no model {0}.': 'Ollama hat kein Modell {0}.',
  'Ollama does not answer at {0}.': 'Unter {0} antwortet kein Ollama.',
  'Ollama does not answer at {0}: the rules decide alone.':
    'Unter {0} antwortet kein Ollama: Die Regeln entscheiden allein.',
  'Ollama does not get on with the download.': 'Ollama kommt mit dem Herunterladen nicht voran.',
  'Ollama stopped in the middle; pulling again goes on from there.':
    'Ollama hörte mittendrin auf; ein neuer Versuch macht dort weiter.',
  'What answers at OLLAMA_HOST is not Ollama.': 'Was unter OLLAMA_HOST antwortet, ist nicht Ollama.',

  'The server {0} answered {1}.': 'Der Server {0} antwortete mit {1}.',
  'The server {0} answered {1} for {2}.': 'Der Server {0} antwortete auf {2} mit {1}.',
  'The server {0} answered too much.': 'Der Server {0} antwortete zu viel.',
  'The server {0} answered something that is no JSON.': 'Was der Server {0} antwortete, ist kein JSON.',
  'The server {0} cannot be reached ({1}). Without internet: npm run models import FILE.':
    'Der Server {0} ist nicht erreichbar ({1}). Ohne Internet: npm run models import FILE.',
  'GitHub answers only so many questions an hour from one address: try again later.':
    'GitHub beantwortet nur so viele Fragen in der Stunde von einer Adresse: Bitte später noch einmal.',
  'The release {0} of {1} holds no {2}.': 'Die Ausgabe {0} von {1} enthält kein {2}.',
  'Models are downloaded over https only.': 'Modelle werden nur über https heruntergeladen.',
  'The server sent {0} bytes instead of {1}.': 'Der Server schickte {0} Bytes statt {1}.',
  'The server sent more than the {0} bytes it promised.': 'Der Server schickte mehr als die versprochenen {0} Bytes.',
  'The download was cut again and again: {0}. What is there is kept.':
    'Das Herunterladen brach immer wieder ab: {0|said}. Was da ist, bleibt.',
  'the server {0} answered {1}': 'der Server {0} antwortete mit {1}',
  'the server could not go on where it stopped': 'der Server konnte nicht weitermachen, wo er aufgehört hatte',
  'the server answered another part than the one asked for':
    'der Server antwortete einen anderen Teil als den erfragten',
  'the connection ended after {0} of {1} bytes': 'die Verbindung endete nach {0} von {1} Bytes',
  'nothing came any more': 'es kam nichts mehr',
  'The disk is full.': 'Die Platte ist voll.',
  'The disk is full. What was downloaded is kept.': 'Die Platte ist voll. Was heruntergeladen ist, bleibt.',
  'There is too little space: {0} are needed, {1} are free in {2}.':
    'Es ist zu wenig Platz: {0} braucht es, {1} sind frei in {2}.',

  'The archive is empty.': 'Das Archiv ist leer.',
  'The archive is damaged ({0}).': 'Das Archiv ist beschädigt ({0|said}).',
  'it is empty': 'es ist leer',
  'The archive unpacks to more than a model may have.': 'Ausgepackt ist das Archiv größer, als ein Modell sein darf.',
  'The archive holds more than {0} files.': 'Das Archiv enthält mehr als {0} Dateien.',
  'The archive holds {0}, which is no plain file ({1}).':
    'Das Archiv enthält {0}, und das ist keine einfache Datei ({1}).',
  'The archive wants to write to {0}.': 'Das Archiv will nach {0} schreiben.',
  '{0} is not what was published (sha256 {1}); it was thrown away.':
    '{0} ist nicht, was veröffentlicht wurde (sha256 {1}); es wurde weggeworfen.',
  '{0} was published again with other content. Remove its pin from models/lock.json if that is right.':
    '{0} wurde mit anderem Inhalt neu veröffentlicht. Wenn das stimmt, entfernen Sie den Eintrag unter pins in models/lock.json.',
  'There is no tokens.txt in it: this is no speech model of sherpa-onnx.':
    'Es enthält keine tokens.txt: Das ist kein Sprachmodell von sherpa-onnx.',
  'There is no .onnx file in it.': 'Es enthält keine .onnx-Datei.',
  'A Kokoro voice needs its espeak-ng-data folder.': 'Eine Kokoro-Stimme braucht ihren Ordner espeak-ng-data.',

  'There is no model called {0}. Known: {1}.': 'Es gibt kein Modell namens {0}. Bekannt sind: {1}.',
  'The model {0} is being installed already.': 'Das Modell {0} wird schon eingerichtet.',
  'The licence of {0} ({1}) was not accepted.': 'Die Lizenz von {0} ({1}) wurde nicht angenommen.',
  'The list of models ({0}) cannot be read.': 'Die Liste der Modelle ({0}) ist nicht lesbar.',
  'The list of models ({0}) is damaged: remove it and pull the models again.':
    'Die Liste der Modelle ({0}) ist beschädigt: Entfernen Sie sie und holen Sie die Modelle neu.',
  'The models program ended with code {0}.': 'Das Programm für die Modelle endete mit Code {0}.',
  'Its log tells more.': 'Sein Protokoll sagt mehr.',
}
