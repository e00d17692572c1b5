import type { Sentences } from '../translate.ts'

/** Why the service did not do what it was asked: the sentences of AppError that a person at a screen can meet. */
export const refusals: Sentences = {
  'Authentication required': 'Bitte melden Sie sich an.',
  'Invalid username or password': 'Benutzername oder Passwort stimmt nicht.',
  'A code is needed as well.': 'Es braucht auch einen Code.',
  'This request did not come from a page of this service.': 'Diese Anfrage kam nicht von einer Seite dieses Dienstes.',
  'This API key may not do that.': 'Dieser API-Schlüssel darf das nicht.',
  'Only an administrator may do that.': 'Das darf nur die Verwaltung.',
  'Only an administrator can do this.': 'Das darf nur die Verwaltung.',
  'Not found': 'Das gibt es nicht.',
  'Method not allowed': 'Das geht hier nicht.',
  'Invalid JSON': 'Die Anfrage war nicht lesbar.',
  'Compressed bodies are not accepted.': 'Komprimierte Inhalte werden nicht angenommen.',
  'The request ended before its body was complete.': 'Die Anfrage brach ab, bevor sie vollständig war.',
  'The body is larger than {0} KB.': 'Das ist größer als {0} KB.',
  'The JSON is nested too deeply.': 'Die Anfrage ist zu tief verschachtelt.',
  'The body must be a JSON object.': 'Die Anfrage muss ein JSON-Objekt sein.',
  'Text must not contain NUL characters.': 'Text darf keine NUL-Zeichen enthalten.',
  'Text must be valid Unicode.': 'Text muss gültiges Unicode sein.',
  'The database is busy. Please try again.': 'Die Datenbank ist beschäftigt. Bitte versuchen Sie es noch einmal.',
  'The disk of the service is full.': 'Die Platte des Dienstes ist voll.',
  'Something went wrong. The log has more under {0}.': 'Etwas ist schiefgegangen. Mehr steht im Protokoll unter {0}.',
  'Too many requests. Please try again in {0} seconds.':
    'Das war zu oft. Bitte versuchen Sie es in {0} Sekunden noch einmal.',
  'Too many connections are open. Close some and try again.':
    'Zu viele Verbindungen sind offen. Schließen Sie einige und versuchen Sie es noch einmal.',
  'Please try again.': 'Bitte versuchen Sie es noch einmal.',

  'User not found': 'Diesen Benutzer gibt es nicht.',
  'Username or email already exists': 'Benutzername oder E-Mail-Adresse ist schon vergeben.',
  'Sign in to delete the account.': 'Melden Sie sich an, um das Konto zu löschen.',
  'Sign in to change the e-mail address.': 'Melden Sie sich an, um die E-Mail-Adresse zu ändern.',
  'Sign in to change the password.': 'Melden Sie sich an, um das Passwort zu ändern.',
  'Sign in to change passkeys.': 'Melden Sie sich an, um Passkeys zu ändern.',
  'Sign in to change two-factor sign-in.': 'Melden Sie sich an, um die Anmeldung in zwei Schritten zu ändern.',
  'Sign in to export your data.': 'Melden Sie sich an, um Ihre Daten mitzunehmen.',
  'Sign in to revoke API keys.': 'Melden Sie sich an, um API-Schlüssel zurückzuziehen.',
  'Sign in to make API keys: a key cannot make another one.':
    'Melden Sie sich an, um API-Schlüssel zu erzeugen: Ein Schlüssel kann keinen weiteren erzeugen.',
  'The last administrator must stay: make somebody else administrator first.':
    'Die letzte Verwaltung muss bleiben: Machen Sie zuerst jemand anderen dazu.',
  'The last administrator must stay one.': 'Die letzte Verwaltung muss bleiben.',
  'preferences must have at most 100 entries.': 'Es dürfen höchstens 100 Einstellungen sein.',
  'Too many people are signing in right now. Please try again.':
    'Gerade melden sich zu viele an. Bitte versuchen Sie es noch einmal.',
  'Invitation not found': 'Diese Einladung gibt es nicht.',
  'There are {0} keys already. Revoke some first.': 'Es gibt schon {0} Schlüssel. Ziehen Sie erst einige zurück.',
  'API key not found': 'Diesen API-Schlüssel gibt es nicht.',
  'There are {0} passkeys already.': 'Es gibt schon {0} Passkeys.',
  'The passkey could not be checked. Please try again.':
    'Der Passkey ließ sich nicht prüfen. Bitte versuchen Sie es noch einmal.',
  'This passkey is known already.': 'Dieser Passkey ist schon bekannt.',
  'Passkey not found': 'Diesen Passkey gibt es nicht.',
  'This passkey does not sign in here.': 'Dieser Passkey meldet hier nicht an.',
  'This took too long. Please begin again.': 'Das dauerte zu lange. Bitte beginnen Sie noch einmal.',
  'password is required.': 'Das Passwort fehlt.',
  'The password is wrong.': 'Das Passwort stimmt nicht.',
  'Registration is closed. Ask the administrator for an account.':
    'Hier registriert man sich nicht selbst. Bitten Sie die Verwaltung um ein Konto.',
  'This set-up link is not valid any more. Start the service again for a new one.':
    'Dieser Link zum Einrichten gilt nicht mehr. Starten Sie den Dienst neu, um einen neuen zu bekommen.',
  'There is an administrator already.': 'Es gibt schon eine Verwaltung.',
  'This invitation is for another e-mail address.': 'Diese Einladung gilt für eine andere E-Mail-Adresse.',
  'An invitation is needed to register.': 'Zum Registrieren braucht es eine Einladung.',
  'This sign-in has ended. Please sign in again.': 'Diese Anmeldung ist zu Ende. Bitte melden Sie sich wieder an.',
  'This sign-in has expired. Please begin again.': 'Diese Anmeldung ist abgelaufen. Bitte beginnen Sie noch einmal.',
  'Session not found': 'Diese Sitzung gibt es nicht.',
  'The code is wrong.': 'Der Code stimmt nicht.',
  'Two-factor sign-in is on already.': 'Die Anmeldung in zwei Schritten ist schon eingeschaltet.',
  'Begin two-factor sign-in first.': 'Beginnen Sie zuerst mit der Anmeldung in zwei Schritten.',

  'Call ID not found': 'Diesen Anruf gibt es nicht.',
  'There is no recording of this call.': 'Von diesem Anruf gibt es keine Aufnahme.',
  'Nobody is on this call.': 'In diesem Anruf ist niemand.',
  'This call came from a microphone and rings no telephone: take it in the browser.':
    'Dieser Anruf kam von einem Mikrofon und klingelt an keinem Telefon: Nehmen Sie ihn im Browser an.',
  'The line of this call has no destination to ring.':
    'Der Anschluss dieses Anrufs hat kein Ziel, das klingeln könnte.',
  'This call is over.': 'Dieser Anruf ist zu Ende.',
  'This call is still running. Hang up first.': 'Dieser Anruf läuft noch. Legen Sie erst auf.',
  'This call is still being decided. Please ask again.':
    'Über diesen Anruf wird noch entschieden. Bitte fragen Sie noch einmal.',
  'This call_id belongs to a call with other numbers.': 'Diese call_id gehört zu einem Anruf mit anderen Nummern.',
  'This call is spoken on the telephone.': 'Dieser Anruf wird am Telefon gesprochen.',
  'The call was not stored.': 'Der Anruf wurde nicht gespeichert.',
  'The cursor is not one of this service.': 'Diese Stelle der Liste gibt es nicht.',
  'The cursor is not one that this list gave.': 'Diese Stelle der Liste gibt es nicht.',
  'Too many searches at once. Please try again.': 'Zu viele Suchen auf einmal. Bitte versuchen Sie es noch einmal.',
  'This took too long. Please ask for less.': 'Das dauerte zu lange. Bitte fragen Sie nach weniger.',
  'Invalid limit parameter - must be an integer': 'limit muss eine ganze Zahl sein',
  'Invalid limit parameter - must be between 1 and 500': 'limit muss zwischen 1 und 500 liegen',

  'There is no file {0}.': 'Die Datei {0} gibt es nicht.',
  '{0} is damaged, or it is no backup of this service.': '{0} ist beschädigt oder keine Sicherung dieses Dienstes.',
  'This file is damaged, or it is no backup of this service.':
    'Diese Datei ist beschädigt oder keine Sicherung dieses Dienstes.',
  'There is no such backup.': 'Diese Sicherung gibt es nicht.',
  'A backup is being made already.': 'Es wird schon eine Sicherung gemacht.',
  'With PostgreSQL, pg_dump makes the backup.': 'Mit PostgreSQL macht pg_dump die Sicherung.',
  'There is no room for a backup: it needs {0} MB, and {1} MB are free.':
    'Für eine Sicherung ist kein Platz: Sie braucht {0} MB, und {1} MB sind frei.',
  'The backup could not be written.': 'Die Sicherung ließ sich nicht schreiben.',
  'The backup was interrupted.': 'Die Sicherung wurde unterbrochen.',
  'This backup was made by a newer version: update the service first.':
    'Diese Sicherung stammt aus einer neueren Version: Bringen Sie zuerst den Dienst auf den neuesten Stand.',
  'This is a users.db of the first service: bring it in with npm run import.':
    'Das ist eine users.db des ersten Dienstes: Holen Sie sie mit npm run import herein.',
  'The service is running: stop it first.': 'Der Dienst läuft: Halten Sie ihn erst an.',
  'This database is damaged, or it is not one of this service.':
    'Diese Datenbank ist beschädigt oder keine dieses Dienstes.',

  'There is no such line.': 'Diesen Anschluss gibt es nicht.',
  'The number {0} belongs to another line already.': 'Die Nummer {0} gehört schon zu einem anderen Anschluss.',
  'One account can have {0} lines.': 'Ein Konto kann {0} Anschlüsse haben.',
  'Make another line the default one instead.': 'Machen Sie stattdessen einen anderen Anschluss zum Standard.',
  'The default line cannot be removed. Make another line the default one first.':
    'Der Standard-Anschluss lässt sich nicht entfernen. Machen Sie zuerst einen anderen zum Standard.',
  'The destination {0} is on the list twice.': 'Das Ziel {0} steht zweimal auf der Liste.',
  'Only an administrator can add the external number {0} as a destination.':
    'Die externe Nummer {0} kann nur die Verwaltung als Ziel eintragen.',
  '{0} is an emergency number: calls cannot be put through to it.':
    '{0} ist eine Notrufnummer: Dorthin lässt sich nicht durchstellen.',
  '{0} is a premium-rate or satellite number: calls cannot be put through to it.':
    '{0} ist eine teure Sonder- oder Satellitennummer: Dorthin lässt sich nicht durchstellen.',
  '{0} looks like a premium-rate number: calls cannot be put through to it.':
    '{0} sieht nach einer teuren Sondernummer aus: Dorthin lässt sich nicht durchstellen.',

  'There is no such person.': 'Diese Person gibt es nicht.',
  'The number {0} belongs to another person already.': 'Die Nummer {0} gehört schon einer anderen Person.',
  'One account can block {0} numbers.': 'Ein Konto kann {0} Nummern sperren.',
  'There is no such number.': 'Diese Nummer gibt es nicht.',
  'The file has a line that is too long.': 'Die Datei hat eine zu lange Zeile.',
  'The file may have at most {0} MB.': 'Die Datei darf höchstens {0} MB haben.',
  'The file holds no vCard.': 'Die Datei enthält keine vCard.',
  'Card {0} is not complete or too large.': 'Karte {0} ist unvollständig oder zu groß.',
  'Card {0} holds no name with a telephone number.': 'Karte {0} hat keinen Namen mit Telefonnummer.',

  'There is no such rule.': 'Diese Regel gibt es nicht.',
  'The rule names a line that does not exist.': 'Die Regel nennt einen Anschluss, den es nicht gibt.',
  '{0} is not among the destinations of {1}.': '{0} gehört nicht zu den Zielen: {1|said}.',
  'this line': 'dieser Anschluss',
  'your lines': 'Ihre Anschlüsse',
  'One account can have {0} rules.': 'Ein Konto kann {0} Regeln haben.',
  'The rules have changed meanwhile. Load them again and repeat.':
    'Die Regeln haben sich inzwischen geändert. Laden Sie die Seite neu und wiederholen Sie es.',
  'Rule {0}: {1} {2}.': 'Regel {0}: {1} {2|said}.',
  'is wrong': 'ist falsch',

  '{0} models are being pulled already: wait for one of them.':
    'Es werden schon {0} Modelle geholt: Warten Sie auf eines davon.',
  'The voice process does not answer. Please try again in a moment.':
    'Der Sprachdienst antwortet nicht. Bitte versuchen Sie es gleich noch einmal.',
  'No voice for this language is installed yet.': 'Für diese Sprache ist noch keine Stimme eingerichtet.',
  'There is no speech model called {0}.': 'Ein Sprachmodell namens {0} gibt es nicht.',
  '{0} comes under a licence ({1}) that has to be accepted.': '{0} kommt unter einer Lizenz ({1}), die anzunehmen ist.',
  'There is no such download.': 'Diesen Ladevorgang gibt es nicht.',
  '{0} is not installed.': '{0} ist nicht eingerichtet.',

  'The address is not a URL.': 'Die Adresse ist keine URL.',
  'The address must not contain a user name or password.':
    'Die Adresse darf weder Benutzernamen noch Passwort enthalten.',
  'The address must begin with https.': 'Die Adresse muss mit https beginnen.',
  'The address must be on the public internet.': 'Die Adresse muss im öffentlichen Internet liegen.',
  'There is no such device.': 'Dieses Gerät gibt es nicht.',
  'You can have at most {0} webhooks.': 'Es sind höchstens {0} Webhooks möglich.',
  'There is no such webhook.': 'Diesen Webhook gibt es nicht.',
}
