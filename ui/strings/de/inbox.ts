import type { inbox as english } from '../en/inbox.ts'

export const inbox: Record<keyof typeof english, string> = {
  'inbox.title': 'Eingang',
  'inbox.calls': 'Anrufe',
  'inbox.search': 'Namen, Nummern, Gesagtes suchen',
  'inbox.clear_search': 'Suche leeren',
  'inbox.filter': 'Welche Anrufe',
  'inbox.all': 'Alle',
  'inbox.messages': 'Nachrichten',
  'inbox.archive_box': 'Archiv',
  'inbox.archive': 'Archivieren',
  'inbox.unarchive': 'Zurück in den Eingang',
  'inbox.archived': 'Archiviert: {who}',
  'inbox.is_unread': 'ungelesen',
  'inbox.shown_one': '{count} Anruf angezeigt',
  'inbox.shown_other': '{count} Anrufe angezeigt',
  'inbox.choose': 'Wählen Sie einen Anruf',
  'inbox.keys': 'j und k bewegen, Enter öffnet, e archiviert, / sucht.',
  'inbox.try': 'Ausprobieren',
  'inbox.empty': 'Noch keine Anrufe',
  'inbox.empty_hint':
    'Rufen Sie Ihren eigenen Anschluss mit ein paar getippten Worten an und sehen Sie, was er tut. Echte Anrufe erscheinen hier von selbst.',
  'inbox.none_found': 'Nichts gefunden',
  'inbox.none_found_hint': 'Kein Anruf hat „{q}“ in Name, Nummer oder Worten. Weniger Buchstaben finden mehr.',
  'inbox.none_archived': 'Nichts archiviert',
  'inbox.none_archived_hint': 'Archivieren Sie mit e oder durch Wischen nach links. Hier bleibt alles auffindbar.',
  'inbox.none_here': 'Hier ist nichts',
  'inbox.none_here_hint': 'Wählen Sie „Alle“, um alles zu sehen.',

  'inbox.speaking': 'Spricht mit einem Anrufer · {time}',
}
