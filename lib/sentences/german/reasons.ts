import type { Sentences } from '../translate.ts'

/** Why a call was decided so: the rungs of the ladder, the conversation, and what made a caller doubtful. */
export const reasons: Sentences = {
  // What is told of a rule: see ruleSentence in lib/screening/ladder/rules.ts. A rule's own name stays as it is.
  'There are no rules.': 'Es gibt keine Regeln.',
  'The rule does not fit this call.': 'Die Regel passt nicht auf diesen Anruf.',
  'None of {0} rules fits this call.': 'Keine der {0} Regeln passt auf diesen Anruf.',
  'The rule "{0}" decides.': 'Die Regel „{0}“ entscheidet.',
  'The rule without a name for {0} decides: {1}.': 'Die Regel ohne Namen für {0|said} entscheidet: {1|said}.',
  everybody: 'alle',
  anonymous: 'unterdrückte Nummern',
  favourites: 'Favoriten',
  known: 'bekannte Personen',
  strangers: 'Fremde',
  'put through': 'durchstellen',
  'take a message': 'Nachricht aufnehmen',
  'ask first': 'nachfragen',
  refuse: 'abweisen',

  'No emergency call has left this line lately.': 'Von diesem Anschluss ging kürzlich kein Notruf aus.',
  '{0} is blocked in People, so the emergency call does not let them through.':
    '{0} ist unter Personen gesperrt und kommt auch nach dem Notruf nicht durch.',
  'An emergency call left this line less than 30 minutes ago, so every caller rings through.':
    'Von diesem Anschluss ging vor weniger als 30 Minuten ein Notruf aus, deshalb klingelt jeder Anruf durch.',

  "The call shows one of the house's own numbers, so the number is not trusted.":
    'Der Anruf zeigt eine eigene Nummer des Hauses, deshalb wird der Nummer nicht getraut.',
  'The number is withheld.': 'Die Nummer ist unterdrückt.',
  'The number belongs to nobody in People.': 'Die Nummer gehört niemandem unter Personen.',
  '{0} is blocked in People.': '{0} ist unter Personen gesperrt.',
  '{0} is a favourite and rings through.': '{0} ist Favorit und klingelt durch.',
  '{0} is known, but the line is closed now.': '{0} ist bekannt, aber der Anschluss ist jetzt geschlossen.',
  '{0} is known and the line is open.': '{0} ist bekannt, und der Anschluss ist offen.',

  'The number is on the block list "{0}" ({1}).': 'Die Nummer steht auf der Sperrliste „{0}“ ({1}).',
  'The number is on no block list.': 'Die Nummer steht auf keiner Sperrliste.',
  'The line takes no calls with a withheld number.': 'Der Anschluss nimmt keine Anrufe mit unterdrückter Nummer an.',
  'Calls with a withheld number go to the mailbox.': 'Anrufe mit unterdrückter Nummer gehen auf den Anrufbeantworter.',
  'The number is withheld and the caller did not press 1.':
    'Die Nummer ist unterdrückt, und die 1 wurde nicht gedrückt.',
  'The number is withheld: the caller is asked to press 1 to go on.':
    'Die Nummer ist unterdrückt: Um weiterzukommen, soll die 1 gedrückt werden.',
  'The number is withheld; the line lets such callers speak.':
    'Die Nummer ist unterdrückt; der Anschluss lässt solche Anrufer sprechen.',

  'The line does not ring for a second call.': 'Der Anschluss klingelt nicht für einen zweiten Anruf.',
  'Only telephone calls ring for calling twice.': 'Nur echte Telefonanrufe klingeln beim zweiten Mal durch.',
  'The number cannot be recognised again.': 'Die Nummer lässt sich nicht wiedererkennen.',
  'It is not a second call within 3 minutes.': 'Es ist kein zweiter Anruf binnen 3 Minuten.',
  'An earlier call of this number was refused.': 'Ein früherer Anruf dieser Nummer wurde abgewiesen.',
  'The number has been let through for calling twice today already.':
    'Die Nummer kam heute schon einmal durch, weil sie zweimal anrief.',
  'The same number called twice within 3 minutes; that rings once a day.':
    'Dieselbe Nummer rief binnen 3 Minuten zweimal an; das klingelt einmal am Tag durch.',

  'The line is open.': 'Der Anschluss ist offen.',
  'Today is a holiday of the line': 'Heute ist ein freier Tag des Anschlusses',
  'The line is closed now': 'Der Anschluss ist jetzt geschlossen',
  '{0}; callers are asked what it is about all the same.': '{0|said}; Anrufer werden trotzdem gefragt, worum es geht.',
  'Today is a holiday of the line: {0}.': 'Heute ist ein freier Tag des Anschlusses: {0|said}.',
  'The line is closed now: {0}.': 'Der Anschluss ist jetzt geschlossen: {0|said}.',
  'it takes no calls': 'Er nimmt keine Anrufe an',
  'a message is taken': 'Eine Nachricht wird aufgenommen',
  'No rule and nobody in People decides: the caller is heard.':
    'Weder eine Regel noch Personen entscheiden: Der Anrufer wird angehört.',

  '{0}. The line has no destination, so a message is taken.':
    '{0|said}. Der Anschluss hat kein Ziel, deshalb wird eine Nachricht aufgenommen.',
  '{0}. That destination is not on the line’s list, so a message is taken.':
    '{0|said}. Dieses Ziel steht nicht auf der Liste des Anschlusses, deshalb wird eine Nachricht aufgenommen.',
  'Forwarding call to {0}': 'Wird durchgestellt zu {0}',
  'Taking a message': 'Eine Nachricht wird aufgenommen',
  'Call refused: {0}': 'Anruf abgewiesen: {0|said}',

  'The caller tries to give the assistant orders.': 'Der Anrufer versucht, dem Assistenten Befehle zu geben.',
  'This looks like fraud: {0}.': 'Das sieht nach Betrug aus: {0|said}.',
  'Something is odd ({0}), so a message is taken.':
    'Etwas ist merkwürdig ({0|said}), deshalb wird eine Nachricht aufgenommen.',
  'This is a sales call: {0}.': 'Das ist ein Werbeanruf: {0|said}.',
  'This may be a sales call, so a message is taken.':
    'Das könnte ein Werbeanruf sein, deshalb wird eine Nachricht aufgenommen.',
  'The model would put the call through.': 'Das Modell würde den Anruf durchstellen.',
  'The model would like to know more.': 'Das Modell würde gern mehr wissen.',
  'The model chose this{0}.': 'Das Modell hat so entschieden{0}.',
  'It is urgent{0}, so the call is put through.': 'Es ist dringend{0}, deshalb wird durchgestellt.',
  'It may be urgent{0}.': 'Es könnte dringend sein{0}.',
  'It is not urgent{0}: a message is taken.': 'Es ist nicht dringend{0}: Eine Nachricht wird aufgenommen.',
  'The caller was asked and it is still not clear what it is about: a message is taken.':
    'Trotz Nachfrage ist nicht klar, worum es geht: Eine Nachricht wird aufgenommen.',
  'It is not clear what the call is about: a message is taken.':
    'Es ist nicht klar, worum es geht: Eine Nachricht wird aufgenommen.',
  'The caller stopped in the middle of a telephone number.': 'Der Anrufer brach mitten in einer Telefonnummer ab.',
  'The caller does not need anything now.': 'Der Anrufer braucht gerade nichts.',
  'The caller leaves a message{0}.': 'Der Anrufer hinterlässt eine Nachricht{0}.',
  'The caller would like to be called back on {0}.': 'Der Anrufer bittet um Rückruf unter {0}.',
  'The caller would like to be called back.': 'Der Anrufer bittet um Rückruf.',
  'The caller would like to leave a message.': 'Der Anrufer möchte eine Nachricht hinterlassen.',
  'The caller has not said yet who is calling and why.':
    'Der Anrufer hat noch nicht gesagt, wer er ist und worum es geht.',
  '{0} has not said yet what it is about.': '{0} hat noch nicht gesagt, worum es geht.',
  'It is not clear yet what the call is about.': 'Es ist noch nicht klar, worum es geht.',
  'The caller asked for a person with the key 0.': 'Der Anrufer verlangte mit der Taste 0 einen Menschen.',
  'Nothing could be decided, so a message is taken.':
    'Es ließ sich nichts entscheiden, deshalb wird eine Nachricht aufgenommen.',
  'The caller said nothing: a message is taken.': 'Der Anrufer sagte nichts: Eine Nachricht wird aufgenommen.',
  'The caller hung up': 'Der Anrufer hat aufgelegt',
  'Rang on the phone': 'Klingelte auf dem Handy',
  'It rang on the phone, which told afterwards. Asked before: {0}':
    'Es klingelte auf dem Handy, das danach davon berichtete. Vorher gefragt: {0|said}',
  'The service stopped before this call was decided.': 'Der Dienst hielt an, bevor dieser Anruf entschieden war.',
  'The assistant was away, so the telephone system took a message.':
    'Der Assistent war weg, deshalb nahm die Telefonanlage eine Nachricht auf.',
  'The voice process stopped during the message; what was said until then is kept.':
    'Der Sprachdienst hielt während der Nachricht an; was bis dahin gesagt wurde, ist aufgehoben.',

  'Nobody is signed in, so the built-in listener decides.':
    'Niemand ist angemeldet, deshalb entscheidet der eingebaute Zuhörer.',
  'No model was to be asked.': 'Es sollte kein Modell gefragt werden.',
  'The model was not asked.': 'Das Modell wurde nicht gefragt.',
  'The caller has not spoken yet.': 'Der Anrufer hat noch nicht gesprochen.',
  'There was no time to ask the model.': 'Es war keine Zeit, das Modell zu fragen.',
  'The model has not answered lately, so the built-in listener decides.':
    'Das Modell hat zuletzt nicht geantwortet, deshalb entscheidet der eingebaute Zuhörer.',
  'The model is busy with other calls, so the built-in listener decides.':
    'Das Modell ist mit anderen Anrufen beschäftigt, deshalb entscheidet der eingebaute Zuhörer.',
  'The model took too long, so the built-in listener decides.':
    'Das Modell brauchte zu lange, deshalb entscheidet der eingebaute Zuhörer.',
  'The model failed, so the built-in listener decides.':
    'Das Modell hat versagt, deshalb entscheidet der eingebaute Zuhörer.',
  'The model gave no usable answer, so the built-in listener decides.':
    'Das Modell gab keine brauchbare Antwort, deshalb entscheidet der eingebaute Zuhörer.',
}
