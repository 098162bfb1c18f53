<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>%f is the file, %l the line, %c the column, %% a percent sign. Without %f the file comes last. Words with spaces stand in quotes; no shell is in between.</source>
        <translation>%f ist die Datei, %l die Zeile, %c die Spalte, %% ein Prozentzeichen. Ohne %f steht die Datei am Ende. Wörter mit Leerzeichen stehen in Anführungszeichen; keine Shell liegt dazwischen.</translation>
    </message>
    <message numerus="yes">
        <source>%n (is|are) left: adopt once more.</source>
        <translation>
            <numerusform>%n ist übrig: noch einmal aufnehmen.</numerusform>
            <numerusform>%n sind übrig: noch einmal aufnehmen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) connected</source>
        <translation>
            <numerusform>%n App verbunden</numerusform>
            <numerusform>%n Apps verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n Byte</numerusform>
            <numerusform>%n Bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <comment>values of an event</comment>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed since the event before</source>
        <translation>
            <numerusform>%n geändert seit dem Ereignis davor</numerusform>
            <numerusform>%n geändert seit dem Ereignis davor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n circle(s) of parents cut.</source>
        <translation>
            <numerusform>%n Kreis von Eltern aufgetrennt.</numerusform>
            <numerusform>%n Kreise von Eltern aufgetrennt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clock(s) shifted</source>
        <translation>
            <numerusform>%n Uhr verschoben</numerusform>
            <numerusform>%n Uhren verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) here</source>
        <translation>
            <numerusform>%n Fehler hier</numerusform>
            <numerusform>%n Fehler hier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) in all</source>
        <translation>
            <numerusform>%n Ereignis insgesamt</numerusform>
            <numerusform>%n Ereignisse insgesamt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) in this time</source>
        <translation>
            <numerusform>%n Ereignis in dieser Zeit</numerusform>
            <numerusform>%n Ereignisse in dieser Zeit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of starred issues stay(s|).</source>
        <translation>
            <numerusform>%n Ereignis von Issues mit Stern bleibt.</numerusform>
            <numerusform>%n Ereignisse von Issues mit Stern bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) would become an issue of their own</source>
        <translation>
            <numerusform>%n Ereignis würde ein eigenes Issue</numerusform>
            <numerusform>%n Ereignisse würden ein eigenes Issue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n Ausnahme</numerusform>
            <numerusform>%n Ausnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) taken.</source>
        <translation>
            <numerusform>%n Datei angenommen.</numerusform>
            <numerusform>%n Dateien angenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <comment>in the palette</comment>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n Frame</numerusform>
            <numerusform>%n Frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gap(s)</source>
        <translation>
            <numerusform>%n Lücke</numerusform>
            <numerusform>%n Lücken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n Gruppe</numerusform>
            <numerusform>%n Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s)</source>
        <translation>
            <numerusform>%n Issue</numerusform>
            <numerusform>%n Issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) alone</source>
        <translation>
            <numerusform>allein %n Issue</numerusform>
            <numerusform>allein %n Issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) came back</source>
        <translation>
            <numerusform>%n Issue ist wieder da</numerusform>
            <numerusform>%n Issues sind wieder da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) carr(ies|y) it.</source>
        <translation>
            <numerusform>%n Issue trägt es.</numerusform>
            <numerusform>%n Issues tragen es.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) lose(s|) it. This cannot be undone.</source>
        <translation>
            <numerusform>%n Issue verliert es. Das lässt sich nicht rückgängig machen.</numerusform>
            <numerusform>%n Issues verlieren es. Das lässt sich nicht rückgängig machen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issue(s) would change.</source>
        <translation>
            <numerusform>%n Issue würde sich ändern.</numerusform>
            <numerusform>%n Issues würden sich ändern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n library frame(s)</source>
        <translation>
            <numerusform>%n Frame aus Bibliotheken</numerusform>
            <numerusform>%n Frames aus Bibliotheken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lock(s)</source>
        <translation>
            <numerusform>%n Sperre</numerusform>
            <numerusform>%n Sperren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n match(es) inside</source>
        <translation>
            <numerusform>%n Treffer darin</numerusform>
            <numerusform>%n Treffer darin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more (was|were) not taken.</source>
        <translation>
            <numerusform>%n weitere wurde nicht angenommen.</numerusform>
            <numerusform>%n weitere wurden nicht angenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more error(s)</source>
        <translation>
            <numerusform>%n weiterer Fehler</numerusform>
            <numerusform>%n weitere Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more filter(s): {terms}</source>
        <translation>
            <numerusform>%n weiterer Filter: {terms}</numerusform>
            <numerusform>%n weitere Filter: {terms}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more span(s), reload</source>
        <translation>
            <numerusform>%n weiterer Span, neu laden</numerusform>
            <numerusform>%n weitere Spans, neu laden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more view(s)</source>
        <translation>
            <numerusform>%n weitere Ansicht</numerusform>
            <numerusform>%n weitere Ansichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nested span(s)</source>
        <translation>
            <numerusform>%n Span darin</numerusform>
            <numerusform>%n Spans darin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new issue(s)</source>
        <translation>
            <numerusform>%n neues Issue</numerusform>
            <numerusform>%n neue Issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new request(s)</source>
        <translation>
            <numerusform>%n neue Anfrage</numerusform>
            <numerusform>%n neue Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new trace(s)</source>
        <translation>
            <numerusform>%n neuer Trace</numerusform>
            <numerusform>%n neue Traces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n newer event(s)</source>
        <translation>
            <numerusform>%n neueres Ereignis</numerusform>
            <numerusform>%n neuere Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n newer event(s) arrived</source>
        <translation>
            <numerusform>%n neueres Ereignis ist da</numerusform>
            <numerusform>%n neuere Ereignisse sind da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them would be merged into another one.</source>
        <translation>
            <numerusform>%n davon würde mit einem anderen zusammengeführt.</numerusform>
            <numerusform>%n davon würden mit einem anderen zusammengeführt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orphan(s) adopted</source>
        <translation>
            <numerusform>%n Waise aufgenommen</numerusform>
            <numerusform>%n Waisen aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orphan(s) adopted: (its parent|their parents) never arrived.</source>
        <translation>
            <numerusform>%n Waise aufgenommen: ihr Elternspan kam nie an.</numerusform>
            <numerusform>%n Waisen aufgenommen: ihre Elternspans kamen nie an.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) without a common root: the span that started this trace never arrived.</source>
        <translation>
            <numerusform>%n Teil ohne gemeinsame Wurzel: der Span, mit dem dieser Trace begann, kam nie an.</numerusform>
            <numerusform>%n Teile ohne gemeinsame Wurzel: der Span, mit dem dieser Trace begann, kam nie an.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s) fit(s)</source>
        <translation>
            <numerusform>%n Pfad passt</numerusform>
            <numerusform>%n Pfade passen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n Projekt</numerusform>
            <numerusform>%n Projekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused request(s) (was|were) stored too.</source>
        <translation>
            <numerusform>%n abgelehnte Anfrage wurde auch gespeichert.</numerusform>
            <numerusform>%n abgelehnte Anfragen wurden auch gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n Anfrage</numerusform>
            <numerusform>%n Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) not stored: show them</source>
        <translation>
            <numerusform>%n Anfrage nicht gespeichert: zeigen</numerusform>
            <numerusform>%n Anfragen nicht gespeichert: zeigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n root(s): parts of this trace began without naming a parent.</source>
        <translation>
            <numerusform>%n Wurzel: Teile dieses Trace begannen, ohne einen Elternspan zu nennen.</numerusform>
            <numerusform>%n Wurzeln: Teile dieses Trace begannen, ohne einen Elternspan zu nennen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n service(s)</source>
        <translation>
            <numerusform>%n Dienst</numerusform>
            <numerusform>%n Dienste</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shortcut(s) could not be understood and (is|are) ignored.</source>
        <translation>
            <numerusform>%n Tastenkürzel war nicht zu verstehen und wird übergangen.</numerusform>
            <numerusform>%n Tastenkürzel waren nicht zu verstehen und werden übergangen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar span(s)</source>
        <translation>
            <numerusform>%n gleichartiger Span</numerusform>
            <numerusform>%n gleichartige Spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>%n Span</numerusform>
            <numerusform>%n Spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s) came twice under one id.</source>
        <translation>
            <numerusform>%n Span kam zweimal unter einer Id.</numerusform>
            <numerusform>%n Spans kamen zweimal unter einer Id.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n Mal</numerusform>
            <numerusform>%n Mal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) in a row</source>
        <translation>
            <numerusform>%n Mal hintereinander</numerusform>
            <numerusform>%n Mal hintereinander</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trace(s)</source>
        <translation>
            <numerusform>%n Trace</numerusform>
            <numerusform>%n Traces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transaction(s)</source>
        <translation>
            <numerusform>%n Transaktion</numerusform>
            <numerusform>%n Transaktionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n Nutzer</numerusform>
            <numerusform>%n Nutzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without symbols</source>
        <translation>
            <numerusform>%n ohne Symbole</numerusform>
            <numerusform>%n ohne Symbole</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would stay</source>
        <comment>events</comment>
        <translation>
            <numerusform>%n bliebe</numerusform>
            <numerusform>%n blieben</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Issue</source>
        <translation>&amp;Issue</translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation>&amp;Trace</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>(root not arrived)</source>
        <translation>(Wurzel nicht angekommen)</translation>
    </message>
    <message>
        <source>(unnamed)</source>
        <translation>(ohne Namen)</translation>
    </message>
    <message>
        <source>({length} each)</source>
        <translation>(je {length})</translation>
    </message>
    <message>
        <source>+ {count} only in B</source>
        <translation>+ {count} nur in B</translation>
    </message>
    <message>
        <source>, the first {count} are listed</source>
        <translation>, die ersten {count} sind aufgelistet</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 Ereignis</translation>
    </message>
    <message>
        <source>1 is the oldest, {total} the newest</source>
        <translation>1 ist das älteste, {total} das neueste</translation>
    </message>
    <message>
        <source>32 hexadecimal digits</source>
        <translation>32 Hexadezimalziffern</translation>
    </message>
    <message>
        <source>47, 10:14, 2026-11-24 10:14, 15m</source>
        <translation>47, 10:14, 2026-11-24 10:14, 15m</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>95 percent within {length}</source>
        <translation>95 Prozent innerhalb von {length}</translation>
    </message>
    <message>
        <source>A before_send hook of the app discards them.</source>
        <translation>Eine before_send-Funktion der App verwirft sie.</translation>
    </message>
    <message>
        <source>A before_send_transaction hook of the app discards them.</source>
        <translation>Eine before_send_transaction-Funktion der App verwirft sie.</translation>
    </message>
    <message>
        <source>A line, or a time</source>
        <translation>Eine Zeile oder eine Zeit</translation>
    </message>
    <message>
        <source>A new issue</source>
        <translation>Ein neues Issue</translation>
    </message>
    <message>
        <source>A new note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>A page served over https may only send to http://localhost or 127.0.0.1.</source>
        <translation>Eine über https ausgelieferte Seite darf nur an http://localhost oder 127.0.0.1 senden.</translation>
    </message>
    <message>
        <source>A part of it became an issue of its own</source>
        <translation>Ein Teil davon wurde ein eigenes Issue</translation>
    </message>
    <message>
        <source>A path into the event</source>
        <translation>Ein Pfad in das Ereignis</translation>
    </message>
    <message>
        <source>A quotation mark of the editor command is not closed. See Settings › Editor.</source>
        <translation>Ein Anführungszeichen im Editorbefehl ist nicht geschlossen. Siehe Einstellungen › Editor.</translation>
    </message>
    <message>
        <source>A request</source>
        <translation>Eine Anfrage</translation>
    </message>
    <message>
        <source>A resolved issue has a new event.</source>
        <translation>Ein erledigtes Issue hat ein neues Ereignis.</translation>
    </message>
    <message>
        <source>A span with the same id arrived before</source>
        <translation>Ein Span mit derselben Id kam vorher an</translation>
    </message>
    <message>
        <source>A tick opens port {port} to every device on that network: they may send with a known key. Reading always needs the token.</source>
        <translation>Ein Haken öffnet Port {port} für jedes Gerät in diesem Netz: Mit einem bekannten Schlüssel darf es senden. Lesen braucht immer das Token.</translation>
    </message>
    <message>
        <source>AI</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Vedette</translation>
    </message>
    <message>
        <source>About Vedette</source>
        <translation>Über Vedette</translation>
    </message>
    <message>
        <source>About the issue</source>
        <translation>Zum Issue</translation>
    </message>
    <message>
        <source>About the request</source>
        <translation>Zur Anfrage</translation>
    </message>
    <message>
        <source>About the sender</source>
        <translation>Zum Absender</translation>
    </message>
    <message>
        <source>About {size}: {events}, all that came until {when}.</source>
        <translation>Etwa {size}: {events}, alle, die bis {when} kamen.</translation>
    </message>
    <message>
        <source>About {size}: {events}, all that came until {when}. It goes within a minute or two.</source>
        <translation>Etwa {size}: {events}, alle, die bis {when} kamen. Sie verschwinden in ein bis zwei Minuten.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Activity and notes</source>
        <translation>Verlauf und Notizen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a mapping</source>
        <translation>Zuordnung hinzufügen</translation>
    </message>
    <message>
        <source>Add a path of the event…</source>
        <translation>Pfad des Ereignisses hinzufügen …</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Additional data</source>
        <translation>Zusätzliche Daten</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Adopt project</source>
        <translation>Projekt aufnehmen</translation>
    </message>
    <message>
        <source>Adopted. What {name} sends from now on is taken.</source>
        <translation>Aufgenommen. Was {name} von nun an sendet, wird angenommen.</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>Alike spans</source>
        <translation>Gleichartige Spans</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message numerus="yes">
        <source>All %n stored event(s) were looked at.</source>
        <translation>
            <numerusform>Das %n gespeicherte Ereignis wurde betrachtet.</numerusform>
            <numerusform>Alle %n gespeicherten Ereignisse wurden betrachtet.</numerusform>
        </translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>Alle Kategorien</translation>
    </message>
    <message>
        <source>All commands have their usual keys again.</source>
        <translation>Alle Befehle haben wieder ihre üblichen Tasten.</translation>
    </message>
    <message>
        <source>All environments</source>
        <translation>Alle Umgebungen</translation>
    </message>
    <message>
        <source>All events</source>
        <translation>Alle Ereignisse</translation>
    </message>
    <message>
        <source>All frames</source>
        <translation>Alle Frames</translation>
    </message>
    <message>
        <source>All messages like this are one issue</source>
        <translation>Alle Meldungen wie diese sind ein Issue</translation>
    </message>
    <message>
        <source>All of its events have one hash: there is nothing to unmerge. Events of one hash are taken apart by splitting.</source>
        <translation>Alle seine Ereignisse haben einen Hash: Es gibt nichts zu trennen. Ereignisse eines Hashs lassen sich durch Aufteilen auseinandernehmen.</translation>
    </message>
    <message>
        <source>All of one item together, OpenTelemetry&apos;s requests too.</source>
        <translation>Alles in einem Teil zusammen, auch die Anfragen von OpenTelemetry.</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Alle Teile</translation>
    </message>
    <message>
        <source>All projects</source>
        <translation>Alle Projekte</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>All that is kept lies in this folder: events, attachments, the station&apos;s settings. Another one is used with --data, or with VEDETTE_DATA.</source>
        <translation>Alles, was behalten wird, liegt in diesem Ordner: Ereignisse, Anhänge, die Einstellungen der Station. Ein anderer wird mit --data oder mit VEDETTE_DATA benutzt.</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alles zusammen</translation>
    </message>
    <message>
        <source>All {count} unseen errors</source>
        <translation>Alle {count} ungesehenen Fehler</translation>
    </message>
    <message>
        <source>Allow sender</source>
        <translation>Absender zulassen</translation>
    </message>
    <message>
        <source>Already have data? Drop envelopes or event JSON here.</source>
        <translation>Schon Daten da? Envelopes oder Ereignis-JSON hier ablegen.</translation>
    </message>
    <message>
        <source>Also transactions, feedback, replay events and browsers&apos; reports.</source>
        <translation>Auch Transaktionen, Feedback, Replay-Ereignisse und Berichte von Browsern.</translation>
    </message>
    <message>
        <source>An event processor or integration of the app discards them.</source>
        <translation>Ein Ereignisprozessor oder eine Integration der App verwirft sie.</translation>
    </message>
    <message>
        <source>An event with this id is stored already; SDKs send again when in doubt.</source>
        <translation>Ein Ereignis mit dieser Id ist schon gespeichert; im Zweifel senden SDKs noch einmal.</translation>
    </message>
    <message>
        <source>And Unreal crashes.</source>
        <translation>Und Unreal-Abstürze.</translation>
    </message>
    <message>
        <source>And their chunks.</source>
        <translation>Und ihre Chunks.</translation>
    </message>
    <message>
        <source>Android by USB</source>
        <translation>Android über USB</translation>
    </message>
    <message>
        <source>Android emulator</source>
        <translation>Android-Emulator</translation>
    </message>
    <message>
        <source>Announce</source>
        <translation>Ankündigen</translation>
    </message>
    <message>
        <source>Announce the station</source>
        <translation>Station ankündigen</translation>
    </message>
    <message>
        <source>Another program here uses version {version} of this SDK.</source>
        <translation>Ein anderes Programm hier benutzt Version {version} dieses SDK.</translation>
    </message>
    <message>
        <source>Any Sentry SDK on this machine or this network works. Nothing leaves your network.</source>
        <translation>Jedes Sentry-SDK auf diesem Rechner oder in diesem Netz funktioniert. Nichts verlässt das Netz.</translation>
    </message>
    <message>
        <source>Apart by a tag</source>
        <translation>Nach einem Tag trennen</translation>
    </message>
    <message>
        <source>Apart by tag {key}</source>
        <translation>Nach Tag {key} trennen</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Archive for a day</source>
        <translation>Für einen Tag archivieren</translation>
    </message>
    <message>
        <source>Archive for a week</source>
        <translation>Für eine Woche archivieren</translation>
    </message>
    <message>
        <source>Archive for an hour</source>
        <translation>Für eine Stunde archivieren</translation>
    </message>
    <message>
        <source>Archive for ever</source>
        <translation>Für immer archivieren</translation>
    </message>
    <message numerus="yes">
        <source>Archive until %n more event(s)</source>
        <translation>
            <numerusform>Archivieren bis zu %n weiteren Ereignis</numerusform>
            <numerusform>Archivieren bis zu %n weiteren Ereignissen</numerusform>
        </translation>
    </message>
    <message>
        <source>Archive until it escalates</source>
        <translation>Archivieren, bis es zunimmt</translation>
    </message>
    <message>
        <source>Archive until so many more events</source>
        <translation>Archivieren bis zu so vielen weiteren Ereignissen</translation>
    </message>
    <message>
        <source>Archive until so many more users</source>
        <translation>Archivieren bis so viele weitere Benutzer</translation>
    </message>
    <message>
        <source>Archive until the next release</source>
        <translation>Archivieren bis zum nächsten Release</translation>
    </message>
    <message>
        <source>Archive until the next run</source>
        <translation>Archivieren bis zum nächsten Lauf</translation>
    </message>
    <message>
        <source>Archive until this moment</source>
        <translation>Archivieren bis zu diesem Zeitpunkt</translation>
    </message>
    <message>
        <source>Archive until…</source>
        <translation>Archivieren bis …</translation>
    </message>
    <message>
        <source>Archive {issues} until escalating</source>
        <translation>{issues} archivieren, bis sie zunehmen</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message numerus="yes">
        <source>Archived %n issue(s)</source>
        <translation>
            <numerusform>%n Issue archiviert</numerusform>
            <numerusform>%n Issues archiviert</numerusform>
        </translation>
    </message>
    <message>
        <source>Archived for ever</source>
        <translation>Für immer archiviert</translation>
    </message>
    <message>
        <source>Archived until it happens far more often than it did</source>
        <translation>Archiviert, bis es weit häufiger vorkommt als bisher</translation>
    </message>
    <message>
        <source>Archived until {what}</source>
        <translation>Archiviert bis {what}</translation>
    </message>
    <message>
        <source>Archived {issue}</source>
        <translation>{issue} archiviert</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>Archivieren …</translation>
    </message>
    <message>
        <source>Arrows move the edge, Esc ends</source>
        <translation>Pfeile bewegen den Rand, Esc beendet</translation>
    </message>
    <message>
        <source>As CSV…</source>
        <translation>Als CSV …</translation>
    </message>
    <message>
        <source>As JSON…</source>
        <translation>Als JSON …</translation>
    </message>
    <message>
        <source>As it comes and decompressed. A larger one is answered with 413; of one that is taken, a larger item is refused alone. Changes count at once, for what comes from then on.</source>
        <translation>Wie sie ankommt und entpackt. Eine größere wird mit 413 beantwortet; von einer angenommenen wird ein größerer Teil allein abgelehnt. Änderungen gelten sofort, für alles, was von da an kommt.</translation>
    </message>
    <message>
        <source>As sent</source>
        <comment>form of a raw event</comment>
        <translation>Wie gesendet</translation>
    </message>
    <message>
        <source>As sent</source>
        <translation>Wie gesendet</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As they are sent, compressed.</source>
        <translation>Wie sie gesendet werden, komprimiert.</translation>
    </message>
    <message>
        <source>As under Sentry&apos;s Advanced Data Scrubbing: JSON with rules and the places they are for.</source>
        <translation>Wie unter „Advanced Data Scrubbing“ bei Sentry: JSON mit Regeln und den Stellen, für die sie gelten.</translation>
    </message>
    <message>
        <source>Asks the first time</source>
        <translation>Fragt beim ersten Mal</translation>
    </message>
    <message>
        <source>At most one every five seconds, then a summary; none while Vedette is in front.</source>
        <translation>Höchstens eine in fünf Sekunden, dann eine Zusammenfassung; keine, während Vedette vorn ist.</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>Attachment as a tree</source>
        <translation>Anhang als Baum</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back from the archive: it befell as many users as was said</source>
        <translation>Zurück aus dem Archiv: Es traf so viele Benutzer wie angegeben</translation>
    </message>
    <message>
        <source>Back from the archive: it happened as often as was said</source>
        <translation>Zurück aus dem Archiv: Es geschah so oft wie angegeben</translation>
    </message>
    <message>
        <source>Back from the archive: the time is over</source>
        <translation>Zurück aus dem Archiv: Die Zeit ist um</translation>
    </message>
    <message>
        <source>Back from the archive: there is a new release</source>
        <translation>Zurück aus dem Archiv: Es gibt ein neues Release</translation>
    </message>
    <message>
        <source>Back from the archive: there is a new run</source>
        <translation>Zurück aus dem Archiv: Es gibt einen neuen Lauf</translation>
    </message>
    <message>
        <source>Back to all time</source>
        <translation>Zurück zur gesamten Zeit</translation>
    </message>
    <message>
        <source>Back to the issue</source>
        <translation>Zurück zum Issue</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to the list of traces</source>
        <translation>Zurück zur Liste der Traces</translation>
    </message>
    <message>
        <source>Back to the previous zoom</source>
        <translation>Zurück zur vorigen Vergrößerung</translation>
    </message>
    <message>
        <source>Back to the usual value: {value}</source>
        <translation>Zurück zum üblichen Wert: {value}</translation>
    </message>
    <message>
        <source>Became</source>
        <translation>Wurde zu</translation>
    </message>
    <message>
        <source>Before it</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Begin a new run</source>
        <translation>Neuen Lauf beginnen</translation>
    </message>
    <message>
        <source>Being freed, in small steps while nothing else is to do.</source>
        <translation>Wird freigegeben, in kleinen Schritten, während sonst nichts zu tun ist.</translation>
    </message>
    <message>
        <source>Beside a DSN that stays as it is: SDKs with Spotlight send a copy here.</source>
        <translation>Neben einer DSN, die bleibt, wie sie ist: SDKs mit Spotlight senden eine Kopie hierher.</translation>
    </message>
    <message>
        <source>Beside ids, moments and the like, the two events say the same.</source>
        <translation>Abgesehen von Ids, Zeitpunkten und dergleichen sagen beide Ereignisse dasselbe.</translation>
    </message>
    <message>
        <source>Between two spans nothing was measured for this long: work without spans, or waiting.</source>
        <translation>Zwischen zwei Spans wurde so lange nichts gemessen: Arbeit ohne Spans oder Warten.</translation>
    </message>
    <message>
        <source>Block or allow sender</source>
        <translation>Absender sperren oder zulassen</translation>
    </message>
    <message>
        <source>Block sender</source>
        <translation>Absender sperren</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Both</source>
        <comment>tree and text</comment>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Breadcrumb levels</source>
        <translation>Stufen der Breadcrumbs</translation>
    </message>
    <message>
        <source>Breadcrumbs</source>
        <translation>Breadcrumbs</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Brought back {issue}</source>
        <translation>{issue} zurückgeholt</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Browser and UI</source>
        <translation>Browser und Oberfläche</translation>
    </message>
    <message>
        <source>Browser extensions</source>
        <translation>Browser-Erweiterungen</translation>
    </message>
    <message>
        <source>Browser report</source>
        <translation>Browser-Bericht</translation>
    </message>
    <message>
        <source>Buckets and statsd.</source>
        <translation>Buckets und statsd.</translation>
    </message>
    <message>
        <source>Built-in fingerprint rule</source>
        <translation>Eingebaute Fingerabdruck-Regel</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>By part</source>
        <translation>Nach Teilen</translation>
    </message>
    <message>
        <source>By type and function</source>
        <translation>Nach Typ und Funktion</translation>
    </message>
    <message>
        <source>By type only</source>
        <translation>Nur nach Typ</translation>
    </message>
    <message>
        <source>Bytes of the item</source>
        <translation>Bytes des Teils</translation>
    </message>
    <message>
        <source>Bytes {first} to {last} of {all}.</source>
        <translation>Bytes {first} bis {last} von {all}.</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Captures cannot be opened yet.</source>
        <translation>Mitschnitte lassen sich noch nicht öffnen.</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Change the words, the level or the category above.</source>
        <translation>Wörter, Stufe oder Kategorie oben ändern.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>values that were changed on the way</comment>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changed the note</source>
        <translation>Notiz geändert</translation>
    </message>
    <message>
        <source>Check-in of a job</source>
        <translation>Meldung eines Jobs</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>Meldungen von Jobs</translation>
    </message>
    <message>
        <source>Checksum from the SDK</source>
        <translation>Prüfsumme vom SDK</translation>
    </message>
    <message>
        <source>Checksum from the SDK, hashed</source>
        <translation>Prüfsumme vom SDK, gehasht</translation>
    </message>
    <message>
        <source>Choose another order</source>
        <translation>Andere Reihenfolge wählen</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Dateien wählen …</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Eines aus der Liste wählen.</translation>
    </message>
    <message>
        <source>Choose one in the list of traces.</source>
        <translation>Einen in der Liste der Traces wählen.</translation>
    </message>
    <message>
        <source>Choose one to see what it was, and what is in it.</source>
        <translation>Eine wählen, um zu sehen, was sie war und was darin ist.</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose the source folder</source>
        <translation>Quelltextordner wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Chunks not loaded</source>
        <translation>Nicht geladene Chunks</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Clear the marks</source>
        <translation>Markierungen entfernen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Cleartext as well.</source>
        <translation>Ebenfalls unverschlüsselt.</translation>
    </message>
    <message>
        <source>Click to edit, Backspace in the empty field to take it back</source>
        <translation>Klick zum Bearbeiten, Rücktaste im leeren Feld holt es zurück</translation>
    </message>
    <message>
        <source>Click to filter to it, Alt+click or the middle button to exclude it</source>
        <translation>Klick filtert danach, Alt+Klick oder die mittlere Taste schließt es aus</translation>
    </message>
    <message>
        <source>Click to filter to it, Alt+click to exclude it</source>
        <translation>Klick filtert danach, Alt+Klick schließt es aus</translation>
    </message>
    <message>
        <source>Click to switch it off, double-click to edit it</source>
        <translation>Klick schaltet ihn aus, Doppelklick bearbeitet ihn</translation>
    </message>
    <message>
        <source>Client reports</source>
        <translation>Client-Berichte</translation>
    </message>
    <message>
        <source>Client system</source>
        <translation>Client-System</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Clock difference</source>
        <translation>Abweichung der Uhr</translation>
    </message>
    <message>
        <source>Close</source>
        <comment>a frame</comment>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the file</source>
        <translation>Datei schließen</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>Bereich schließen</translation>
    </message>
    <message>
        <source>Close the selected range</source>
        <translation>Gewählten Bereich schließen</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>Schließen des Fensters</translation>
    </message>
    <message>
        <source>Cloud resource</source>
        <translation>Cloud-Ressource</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colour by kind of work</source>
        <translation>Farbe nach Art der Arbeit</translation>
    </message>
    <message>
        <source>Colour by self time</source>
        <translation>Farbe nach Eigenzeit</translation>
    </message>
    <message>
        <source>Colour by service</source>
        <translation>Farbe nach Dienst</translation>
    </message>
    <message>
        <source>Colour of the label</source>
        <translation>Farbe des Labels</translation>
    </message>
    <message>
        <source>Colour of the project</source>
        <translation>Farbe des Projekts</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation>Farben des Systems</translation>
    </message>
    <message>
        <source>Colours: {names}</source>
        <translation>Farben: {names}</translation>
    </message>
    <message>
        <source>Column: {title}</source>
        <translation>Spalte: {title}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Comfortable rows</source>
        <translation>Bequeme Zeilen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Command of your own</source>
        <translation>Eigener Befehl</translation>
    </message>
    <message>
        <source>Command, words or id</source>
        <translation>Befehl, Wörter oder Id</translation>
    </message>
    <message>
        <source>Command, words, or a pasted event id, trace id, DESK-12 …  ? for more</source>
        <translation>Befehl, Wörter oder eine eingefügte Ereignis-Id, Trace-Id, DESK-12 …  ? für mehr</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Commands and places</source>
        <translation>Befehle und Orte</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>Kompakte Zeilen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare across events</source>
        <translation>Über Ereignisse vergleichen</translation>
    </message>
    <message>
        <source>Compare events</source>
        <translation>Ereignisse vergleichen</translation>
    </message>
    <message>
        <source>Compare the raw events</source>
        <translation>Die rohen Ereignisse vergleichen</translation>
    </message>
    <message>
        <source>Compare with the first event</source>
        <translation>Mit dem ersten Ereignis vergleichen</translation>
    </message>
    <message>
        <source>Compare with the latest event</source>
        <translation>Mit dem neuesten Ereignis vergleichen</translation>
    </message>
    <message>
        <source>Compare with the next event</source>
        <translation>Mit dem nächsten Ereignis vergleichen</translation>
    </message>
    <message>
        <source>Compare with the previous event</source>
        <translation>Mit dem vorigen Ereignis vergleichen</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit …</translation>
    </message>
    <message>
        <source>Compare {a} and {b}</source>
        <translation>{a} mit {b} vergleichen</translation>
    </message>
    <message>
        <source>Compare {issues} with…</source>
        <translation>{issues} vergleichen mit …</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleiche …</translation>
    </message>
    <message>
        <source>Comparison of two events</source>
        <translation>Vergleich zweier Ereignisse</translation>
    </message>
    <message>
        <source>Conditions as text</source>
        <translation>Bedingungen als Text</translation>
    </message>
    <message>
        <source>Conditions from the event shown</source>
        <translation>Bedingungen aus dem gezeigten Ereignis</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Container, by address</source>
        <translation>Container, nach Adresse</translation>
    </message>
    <message>
        <source>Content of the item</source>
        <translation>Inhalt des Teils</translation>
    </message>
    <message>
        <source>Content policy report</source>
        <translation>Bericht zur Content Security Policy</translation>
    </message>
    <message>
        <source>Content security policy</source>
        <translation>Content Security Policy</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>Kontexte</translation>
    </message>
    <message>
        <source>Cookies</source>
        <translation>Cookies</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied as HTTPie</source>
        <translation>Als HTTPie kopiert</translation>
    </message>
    <message>
        <source>Copied as JSON</source>
        <translation>Als JSON kopiert</translation>
    </message>
    <message>
        <source>Copied as Markdown</source>
        <translation>Als Markdown kopiert</translation>
    </message>
    <message>
        <source>Copied as cURL</source>
        <translation>Als cURL kopiert</translation>
    </message>
    <message>
        <source>Copied as fetch</source>
        <translation>Als fetch kopiert</translation>
    </message>
    <message>
        <source>Copied as received</source>
        <translation>Wie empfangen kopiert</translation>
    </message>
    <message>
        <source>Copied: {what}</source>
        <translation>Kopiert: {what}</translation>
    </message>
    <message>
        <source>Copy</source>
        <comment>verb</comment>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy DSN</source>
        <translation>DSN kopieren</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>JSON kopieren</translation>
    </message>
    <message>
        <source>Copy SQL</source>
        <translation>SQL kopieren</translation>
    </message>
    <message>
        <source>Copy all values with their counts</source>
        <translation>Alle Werte mit Anzahl kopieren</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>Als cURL kopieren</translation>
    </message>
    <message>
        <source>Copy as cURL, as received</source>
        <translation>Als cURL kopieren, wie empfangen</translation>
    </message>
    <message>
        <source>Copy as received</source>
        <translation>Kopieren wie empfangen</translation>
    </message>
    <message>
        <source>Copy as…</source>
        <translation>Kopieren als …</translation>
    </message>
    <message>
        <source>Copy attributes</source>
        <translation>Attribute kopieren</translation>
    </message>
    <message>
        <source>Copy body</source>
        <translation>Inhalt kopieren</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>Zelle kopieren</translation>
    </message>
    <message>
        <source>Copy comparison as Markdown</source>
        <translation>Vergleich als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Copy data as JSON</source>
        <translation>Daten als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy description</source>
        <translation>Beschreibung kopieren</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Copy event id</source>
        <translation>Ereignis-Id kopieren</translation>
    </message>
    <message>
        <source>Copy event ids</source>
        <translation>Ereignis-Ids kopieren</translation>
    </message>
    <message>
        <source>Copy frame as text</source>
        <translation>Frame als Text kopieren</translation>
    </message>
    <message>
        <source>Copy function</source>
        <translation>Funktion kopieren</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>Id kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy link to the span</source>
        <translation>Link zum Span kopieren</translation>
    </message>
    <message>
        <source>Copy link to the trace</source>
        <translation>Link zum Trace kopieren</translation>
    </message>
    <message>
        <source>Copy link to this event</source>
        <translation>Link zu diesem Ereignis kopieren</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy pair</source>
        <translation>Paar kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy path:line</source>
        <translation>Pfad:Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy request</source>
        <translation>Anfrage kopieren</translation>
    </message>
    <message>
        <source>Copy request as HTTPie</source>
        <translation>Anfrage als HTTPie kopieren</translation>
    </message>
    <message>
        <source>Copy request as cURL</source>
        <translation>Anfrage als cURL kopieren</translation>
    </message>
    <message>
        <source>Copy request as fetch</source>
        <translation>Anfrage als fetch kopieren</translation>
    </message>
    <message>
        <source>Copy request as it is sent</source>
        <translation>Anfrage kopieren, wie sie gesendet wird</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy row as JSON</source>
        <translation>Zeile als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy row as Markdown</source>
        <translation>Zeile als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>Copy snippet</source>
        <translation>Codebeispiel kopieren</translation>
    </message>
    <message>
        <source>Copy span as JSON</source>
        <translation>Span als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy span as received</source>
        <translation>Span kopieren wie empfangen</translation>
    </message>
    <message>
        <source>Copy span id</source>
        <translation>Span-Id kopieren</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Copy the DSN</source>
        <translation>DSN kopieren</translation>
    </message>
    <message>
        <source>Copy the Spotlight line</source>
        <translation>Spotlight-Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy the adb command</source>
        <translation>adb-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the firewall command</source>
        <translation>Firewall-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the histogram&apos;s data</source>
        <translation>Daten des Histogramms kopieren</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy the link of {issues}</source>
        <translation>Link zu {issues} kopieren</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy the snippet</source>
        <translation>Codebeispiel kopieren</translation>
    </message>
    <message>
        <source>Copy the trace&apos;s id</source>
        <translation>Id des Trace kopieren</translation>
    </message>
    <message>
        <source>Copy the trace&apos;s name</source>
        <translation>Namen des Trace kopieren</translation>
    </message>
    <message>
        <source>Copy the transaction&apos;s name</source>
        <translation>Namen der Transaktion kopieren</translation>
    </message>
    <message>
        <source>Copy the whole explanation</source>
        <translation>Ganze Erklärung kopieren</translation>
    </message>
    <message>
        <source>Copy title</source>
        <translation>Titel kopieren</translation>
    </message>
    <message>
        <source>Copy trace as a line</source>
        <translation>Trace als Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy trace id</source>
        <translation>Trace-Id kopieren</translation>
    </message>
    <message>
        <source>Copy transaction as a line</source>
        <translation>Transaktion als Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy value of A</source>
        <translation>Wert von A kopieren</translation>
    </message>
    <message>
        <source>Copy value of B</source>
        <translation>Wert von B kopieren</translation>
    </message>
    <message>
        <source>Copy variables as JSON</source>
        <translation>Variablen als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy {address}</source>
        <translation>{address} kopieren</translation>
    </message>
    <message>
        <source>Correct clocks that differ</source>
        <translation>Abweichende Uhren korrigieren</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Create</source>
        <comment>a project</comment>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>Kritischer Pfad</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Culture</source>
        <translation>Kultur</translation>
    </message>
    <message>
        <source>Custom command</source>
        <translation>Eigener Befehl</translation>
    </message>
    <message>
        <source>DSN</source>
        <translation>DSN</translation>
    </message>
    <message>
        <source>DSN {label}</source>
        <translation>DSN {label}</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Dunkle Farben</translation>
    </message>
    <message>
        <source>Data of the breadcrumb</source>
        <translation>Daten des Breadcrumbs</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Days to keep events</source>
        <translation>Tage, die Ereignisse bleiben</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete and discard events like it</source>
        <translation>Löschen und gleiche Ereignisse verwerfen</translation>
    </message>
    <message>
        <source>Delete forgets it</source>
        <translation>Entf vergisst sie</translation>
    </message>
    <message>
        <source>Delete note</source>
        <translation>Notiz löschen</translation>
    </message>
    <message>
        <source>Delete the label</source>
        <translation>Label löschen</translation>
    </message>
    <message>
        <source>Delete the label for good</source>
        <translation>Label endgültig löschen</translation>
    </message>
    <message>
        <source>Delete the view</source>
        <translation>Ansicht löschen</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n issue(s)</source>
        <translation>
            <numerusform>%n Issue gelöscht</numerusform>
            <numerusform>%n Issues gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted and discarded %n issue(s)</source>
        <translation>
            <numerusform>%n Issue gelöscht und verworfen</numerusform>
            <numerusform>%n Issues gelöscht und verworfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted the note</source>
        <translation>Notiz gelöscht</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device and system</source>
        <translation>Gerät und System</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Devices and containers</source>
        <translation>Geräte und Container</translation>
    </message>
    <message>
        <source>Devices on this network can send to
{addresses}</source>
        <translation>Geräte in diesem Netz können senden an
{addresses}</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Dim what was not found</source>
        <translation>Nicht Gefundenes abdunkeln</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Docker&apos;s bridge, without any option.</source>
        <translation>Die Brücke von Docker, ohne weitere Option.</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>Dokumentation</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <source>Done. On {device} the DSN for this computer works until the cable is pulled.</source>
        <translation>Fertig. Auf {device} gilt die DSN für diesen Rechner, bis das Kabel gezogen wird.</translation>
    </message>
    <message numerus="yes">
        <source>Done: %n event(s) changed their issue</source>
        <translation>
            <numerusform>Fertig: %n Ereignis wechselte das Issue</numerusform>
            <numerusform>Fertig: %n Ereignisse wechselten das Issue</numerusform>
        </translation>
    </message>
    <message>
        <source>Double-click for the usual sizes</source>
        <translation>Doppelklick für die üblichen Größen</translation>
    </message>
    <message>
        <source>Double-click for the usual width</source>
        <translation>Doppelklick für die übliche Breite</translation>
    </message>
    <message>
        <source>Drag to move what is in view, its edges to zoom; keys: arrows, Home, End</source>
        <translation>Ziehen verschiebt den sichtbaren Bereich, an den Rändern ändert es ihn; Tasten: Pfeile, Pos1, Ende</translation>
    </message>
    <message>
        <source>Drag to sum up a stretch of time; with the keyboard Shift and the arrows</source>
        <translation>Ziehen fasst einen Zeitraum zusammen; mit der Tastatur Umschalt und die Pfeile</translation>
    </message>
    <message>
        <source>Drop files here</source>
        <translation>Dateien hier ablegen</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duplicate the view</source>
        <translation>Ansicht duplizieren</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Durations</source>
        <translation>Dauern</translation>
    </message>
    <message>
        <source>Durations are summed up as segments arrive.</source>
        <translation>Dauern werden zusammengefasst, wenn Segmente ankommen.</translation>
    </message>
    <message>
        <source>Durations by transaction</source>
        <translation>Dauern nach Transaktion</translation>
    </message>
    <message>
        <source>Durations from {low} to {high}</source>
        <translation>Dauern von {low} bis {high}</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Earlier queries</source>
        <translation>Frühere Suchen</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
    <message>
        <source>Edition {name}</source>
        <translation>Fassung {name}</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Environment</source>
        <comment>of the web server</comment>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Error code</source>
        <translation>Fehlercode</translation>
    </message>
    <message>
        <source>Error or message</source>
        <translation>Fehler oder Nachricht</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Errors they make in pages.</source>
        <translation>Fehler, die sie in Seiten auslösen.</translation>
    </message>
    <message>
        <source>Escalating</source>
        <translation>Zunehmend</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Event id copied</source>
        <translation>Ereignis-Id kopiert</translation>
    </message>
    <message>
        <source>Event {id}</source>
        <translation>Ereignis {id}</translation>
    </message>
    <message>
        <source>Event {letter}: {id}</source>
        <translation>Ereignis {letter}: {id}</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events for which all of this holds become an issue of their own, and those to come as well.</source>
        <translation>Ereignisse, für die all das gilt, werden ein eigenes Issue, auch künftige.</translation>
    </message>
    <message>
        <source>Events moved</source>
        <translation>Ereignisse verschoben</translation>
    </message>
    <message numerus="yes">
        <source>Events of %n hashes are in this issue. Take out those that are something else.</source>
        <translation>
            <numerusform>Ereignisse mit %n Hash sind in diesem Issue. Herausnehmen, was etwas anderes ist.</numerusform>
            <numerusform>Ereignisse mit %n Hashes sind in diesem Issue. Herausnehmen, was etwas anderes ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Events of older releases may still come; one of this or a newer one reopens it.</source>
        <translation>Ereignisse älterer Releases dürfen noch kommen; eines von diesem oder einem neueren öffnet es wieder.</translation>
    </message>
    <message>
        <source>Events over time: {trend}</source>
        <translation>Ereignisse im Lauf der Zeit: {trend}</translation>
    </message>
    <message>
        <source>Events split off from {issue}</source>
        <translation>Ereignisse von {issue} abgespalten</translation>
    </message>
    <message>
        <source>Events with the same content are one issue.</source>
        <translation>Ereignisse mit gleichem Inhalt sind ein Issue.</translation>
    </message>
    <message>
        <source>Events with the same frames, those of libraries too, are one issue.</source>
        <translation>Ereignisse mit den gleichen Frames, auch denen aus Bibliotheken, sind ein Issue.</translation>
    </message>
    <message>
        <source>Events with the same in-app frames are one issue.</source>
        <translation>Ereignisse mit den gleichen Frames des eigenen Codes sind ein Issue.</translation>
    </message>
    <message>
        <source>Events with the same message, but for numbers and ids in it, are one issue.</source>
        <translation>Ereignisse mit der gleichen Meldung, abgesehen von Zahlen und Ids darin, sind ein Issue.</translation>
    </message>
    <message>
        <source>Every device on this network can then send to a project whose key it knows.</source>
        <translation>Jedes Gerät in diesem Netz kann dann an ein Projekt senden, dessen Schlüssel es kennt.</translation>
    </message>
    <message>
        <source>Every issue is resolved or archived.</source>
        <translation>Jedes Issue ist erledigt oder archiviert.</translation>
    </message>
    <message>
        <source>Every program that knocks is listed here, with its address and SDK.</source>
        <translation>Jedes Programm, das anklopft, steht hier mit Adresse und SDK.</translation>
    </message>
    <message>
        <source>Every request to this station is listed here, also those it did not take.</source>
        <translation>Jede Anfrage an diese Station steht hier, auch die nicht angenommenen.</translation>
    </message>
    <message>
        <source>Every window changes at once. What programs send stays as it is.</source>
        <translation>Alle Fenster wechseln sofort. Was Programme senden, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Everywhere else it stays {other}.</source>
        <translation>Überall sonst bleibt es {other}.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export events</source>
        <translation>Ereignisse exportieren</translation>
    </message>
    <message>
        <source>Export shortcuts</source>
        <translation>Tastenkürzel exportieren</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total} events</source>
        <translation>Export: {done} von {total} Ereignissen</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>Schnellste</translation>
    </message>
    <message>
        <source>Fatal</source>
        <translation>Fatal</translation>
    </message>
    <message>
        <source>Feature flags</source>
        <translation>Feature-Flags</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files and processes</source>
        <translation>Dateien und Prozesse</translation>
    </message>
    <message>
        <source>Files of this kind could be run, so they are only saved.</source>
        <translation>Dateien dieser Art könnten ausgeführt werden, deshalb werden sie nur gespeichert.</translation>
    </message>
    <message>
        <source>Files open with the command below.</source>
        <translation>Dateien öffnen sich mit dem Befehl unten.</translation>
    </message>
    <message>
        <source>Files sent along, and very large payloads.</source>
        <translation>Mitgesendete Dateien und sehr große Nutzdaten.</translation>
    </message>
    <message>
        <source>Files to send to the station</source>
        <translation>Dateien, die an die Station gehen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter breadcrumbs</source>
        <translation>Breadcrumbs filtern</translation>
    </message>
    <message>
        <source>Filter requests</source>
        <translation>Anfragen filtern</translation>
    </message>
    <message>
        <source>Filter to</source>
        <translation>Danach filtern</translation>
    </message>
    <message>
        <source>Filter to as long or longer</source>
        <translation>Nach so langen oder längeren filtern</translation>
    </message>
    <message>
        <source>Filter to this name</source>
        <translation>Nach diesem Namen filtern</translation>
    </message>
    <message>
        <source>Filter to this operation</source>
        <translation>Nach dieser Operation filtern</translation>
    </message>
    <message>
        <source>Filter to this service</source>
        <translation>Nach diesem Dienst filtern</translation>
    </message>
    <message>
        <source>Filter to this value</source>
        <translation>Nach diesem Wert filtern</translation>
    </message>
    <message>
        <source>Filter to what failed</source>
        <translation>Nach Fehlgeschlagenem filtern</translation>
    </message>
    <message>
        <source>Filter traces</source>
        <translation>Traces filtern</translation>
    </message>
    <message>
        <source>Filter: same item</source>
        <translation>Filter: gleicher Teil</translation>
    </message>
    <message>
        <source>Filter: same sender</source>
        <translation>Filter: gleicher Absender</translation>
    </message>
    <message>
        <source>Filter: sender, path, item, outcome:refused</source>
        <translation>Filter: Absender, Pfad, Teil, outcome:refused</translation>
    </message>
    <message>
        <source>Filter: words, is:error, duration:&gt;200ms, op:, service:, status:, span:</source>
        <translation>Filter: Wörter, is:error, duration:&gt;200ms, op:, service:, status:, span:</translation>
    </message>
    <message>
        <source>Filtered</source>
        <translation>Gefiltert</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find a name or value</source>
        <translation>Namen oder Wert suchen</translation>
    </message>
    <message>
        <source>Find a package</source>
        <translation>Paket suchen</translation>
    </message>
    <message>
        <source>Find a tag or value</source>
        <translation>Tag oder Wert suchen</translation>
    </message>
    <message>
        <source>Find commands by name or keys</source>
        <translation>Befehle nach Namen oder Tasten suchen</translation>
    </message>
    <message>
        <source>Find in the attachment</source>
        <translation>Im Anhang suchen</translation>
    </message>
    <message>
        <source>Find in the file</source>
        <translation>In der Datei suchen</translation>
    </message>
    <message>
        <source>Find in the item</source>
        <translation>Im Eintrag suchen</translation>
    </message>
    <message>
        <source>Find in the raw event</source>
        <translation>Im rohen Ereignis suchen</translation>
    </message>
    <message>
        <source>Find in variables</source>
        <translation>In Variablen suchen</translation>
    </message>
    <message>
        <source>Find in variables or file</source>
        <translation>In Variablen oder Datei suchen</translation>
    </message>
    <message>
        <source>Find issues from this function</source>
        <translation>Issues aus dieser Funktion suchen</translation>
    </message>
    <message>
        <source>Find span: op, description, attribute:value</source>
        <translation>Span suchen: op, Beschreibung, Attribut:Wert</translation>
    </message>
    <message>
        <source>Find spans</source>
        <translation>Spans suchen</translation>
    </message>
    <message>
        <source>Find the same in all traces</source>
        <translation>Gleiches in allen Traces suchen</translation>
    </message>
    <message>
        <source>Find the same in this trace</source>
        <translation>Gleiches in diesem Trace suchen</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Fingerprint rules, one a line</source>
        <translation>Fingerabdruck-Regeln, je Zeile eine</translation>
    </message>
    <message>
        <source>Fingerprints</source>
        <translation>Fingerabdrücke</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>Erstes Ereignis</translation>
    </message>
    <message>
        <source>First issue</source>
        <translation>Erstes Issue</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>First seen in release {release}</source>
        <translation>Zuerst gesehen in Release {release}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Five minutes around {time}</source>
        <translation>Fünf Minuten um {time}</translation>
    </message>
    <message>
        <source>Focus on this subtree</source>
        <translation>Nur diesen Teilbaum zeigen</translation>
    </message>
    <message>
        <source>Fold all groups</source>
        <translation>Alle Gruppen zuklappen</translation>
    </message>
    <message>
        <source>Fold everything</source>
        <translation>Alles zuklappen</translation>
    </message>
    <message>
        <source>Fold one level</source>
        <translation>Eine Ebene zuklappen</translation>
    </message>
    <message>
        <source>Fold this row and its siblings, again: all below</source>
        <translation>Diese Zeile und ihre Geschwister zuklappen, noch einmal: alles darunter</translation>
    </message>
    <message>
        <source>Fold, or go to the parent</source>
        <translation>Zuklappen oder zum Elternspan gehen</translation>
    </message>
    <message>
        <source>Folder for the test fixture</source>
        <translation>Ordner für die Testdaten</translation>
    </message>
    <message>
        <source>Folder on this disk</source>
        <translation>Ordner auf dieser Platte</translation>
    </message>
    <message>
        <source>Follow the latest event</source>
        <translation>Dem neuesten Ereignis folgen</translation>
    </message>
    <message>
        <source>Font of code</source>
        <translation>Schrift für Code</translation>
    </message>
    <message>
        <source>For 10 minutes</source>
        <translation>Für 10 Minuten</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Für eine Stunde</translation>
    </message>
    <message>
        <source>For scripts and scheduled jobs; any shell that can set a variable will do.</source>
        <translation>Für Skripte und geplante Aufgaben; jede Shell genügt, die eine Variable setzen kann.</translation>
    </message>
    <message>
        <source>For source that lies elsewhere, or under another path where it ran: paths that begin like this in an event lie in that folder. The first that fits is used, before the source folder.</source>
        <translation>Für Quelltext, der anderswo liegt oder unter einem anderen Pfad lief: Pfade in einem Ereignis, die so beginnen, liegen in jenem Ordner. Die erste passende Zuordnung gilt, vor dem Quelltextordner.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget all of these</source>
        <translation>Alle diese vergessen</translation>
    </message>
    <message>
        <source>Forget the source folder</source>
        <translation>Quelltextordner vergessen</translation>
    </message>
    <message>
        <source>Form fields of a crash</source>
        <translation>Formularfelder eines Absturzes</translation>
    </message>
    <message>
        <source>Formatted</source>
        <translation>Formatiert</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Frame</translation>
    </message>
    <message>
        <source>Frames and sections</source>
        <translation>Frames und Abschnitte</translation>
    </message>
    <message>
        <source>Free now</source>
        <translation>Jetzt freigeben</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Frei auf der Platte</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From the network only known keys are taken.</source>
        <translation>Aus dem Netz werden nur bekannte Schlüssel angenommen.</translation>
    </message>
    <message>
        <source>From this event</source>
        <translation>Von diesem Ereignis</translation>
    </message>
    <message>
        <source>From {time} on</source>
        <translation>Ab {time}</translation>
    </message>
    <message>
        <source>From … until …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Full</source>
        <comment>all frames</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Vollständig</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Gaps from {length} ms</source>
        <translation>Lücken ab {length} ms</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Genymotion</source>
        <translation>Genymotion</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on listening</source>
        <translation>Weiter bereit bleiben</translation>
    </message>
    <message>
        <source>Go on listening in the tray?</source>
        <translation>Im Infobereich weiter bereit bleiben?</translation>
    </message>
    <message>
        <source>Go to anything</source>
        <translation>Zu etwas gehen</translation>
    </message>
    <message>
        <source>Go to event</source>
        <translation>Zum Ereignis gehen</translation>
    </message>
    <message>
        <source>Go to event…</source>
        <translation>Zum Ereignis gehen …</translation>
    </message>
    <message>
        <source>Go to the details</source>
        <translation>Zu den Einzelheiten</translation>
    </message>
    <message>
        <source>Goes on listening in the tray</source>
        <translation>Bleibt im Infobereich bereit</translation>
    </message>
    <message>
        <source>Goes out</source>
        <translation>Geht hinaus</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Group alike spans</source>
        <translation>Gleichartige Spans gruppieren</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Group by: {group}</source>
        <translation>Gruppieren nach: {group}</translation>
    </message>
    <message numerus="yes">
        <source>Group from %n alike span(s)</source>
        <translation>
            <numerusform>Ab %n gleichartigem Span gruppieren</numerusform>
            <numerusform>Ab %n gleichartigen Spans gruppieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group from %n nested span(s) of one operation</source>
        <translation>
            <numerusform>Ab %n verschachteltem Span einer Operation gruppieren</numerusform>
            <numerusform>Ab %n verschachtelten Spans einer Operation gruppieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Group no alike spans</source>
        <translation>Gleichartige Spans nicht gruppieren</translation>
    </message>
    <message>
        <source>Group no nested spans</source>
        <translation>Verschachtelte Spans nicht gruppieren</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>Gruppierung</translation>
    </message>
    <message>
        <source>Grouping what is stored by these rules…</source>
        <translation>Gespeichertes wird nach diesen Regeln gruppiert …</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>HTTP, Apache License 2.0</source>
        <translation>HTTP, Apache-Lizenz 2.0</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Hash {hash}</source>
        <translation>Hash {hash}</translation>
    </message>
    <message>
        <source>Hashes of the issue</source>
        <translation>Hashes des Issues</translation>
    </message>
    <message>
        <source>Hashes taken out</source>
        <translation>Hashes herausgelöst</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Health checks</source>
        <translation>Health-Checks</translation>
    </message>
    <message>
        <source>Hello from {who}, project {project}, {when}</source>
        <translation>Hallo von {who}, Projekt {project}, {when}</translation>
    </message>
    <message>
        <source>Hello from {who}, {when}</source>
        <translation>Hallo von {who}, {when}</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Hide {column}</source>
        <translation>{column} verbergen</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>High priority</source>
        <translation>Hohe Priorität</translation>
    </message>
    <message numerus="yes">
        <source>High priority for %n issue(s)</source>
        <translation>
            <numerusform>Hohe Priorität für %n Issue</numerusform>
            <numerusform>Hohe Priorität für %n Issues</numerusform>
        </translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>Wie es gezeigt wird</translation>
    </message>
    <message>
        <source>How the body is shown</source>
        <translation>Wie der Inhalt gezeigt wird</translation>
    </message>
    <message>
        <source>How the events are compared</source>
        <translation>Wie die Ereignisse verglichen werden</translation>
    </message>
    <message>
        <source>How the note will read</source>
        <translation>So wird die Notiz aussehen</translation>
    </message>
    <message>
        <source>How the raw event is shown</source>
        <translation>Wie das rohe Ereignis gezeigt wird</translation>
    </message>
    <message>
        <source>How times are written</source>
        <translation>Wie Zeiten geschrieben werden</translation>
    </message>
    <message>
        <source>How to show the item</source>
        <translation>Wie der Teil gezeigt wird</translation>
    </message>
    <message>
        <source>Hydration errors</source>
        <translation>Hydration-Fehler</translation>
    </message>
    <message>
        <source>IP addresses too</source>
        <translation>Auch IP-Adressen</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>Ids</translation>
    </message>
    <message>
        <source>If firewalld is on, let the port through:</source>
        <translation>Wenn firewalld läuft, den Port freigeben:</translation>
    </message>
    <message>
        <source>If ufw is on, let the port through:</source>
        <translation>Wenn ufw läuft, den Port freigeben:</translation>
    </message>
    <message>
        <source>Image {name}, {width} by {height} pixels</source>
        <translation>Bild {name}, {width} mal {height} Pixel</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Import it before anything else in the app&apos;s entry file.</source>
        <translation>In der Startdatei der App vor allem anderen importieren.</translation>
    </message>
    <message>
        <source>Import shortcuts</source>
        <translation>Tastenkürzel importieren</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>In front of issue numbers, as in DESK-12. Links with another one lead nowhere then.</source>
        <translation>Vor Issue-Nummern wie in DESK-12. Links mit einem anderen führen dann ins Leere.</translation>
    </message>
    <message>
        <source>In {folder}: the events with their payloads and attachments as they were sent, the station&apos;s settings and its token. In your own settings folder: what you choose here, window places, latest searches. Nothing else is written.</source>
        <translation>In {folder}: die Ereignisse mit Nutzdaten und Anhängen, wie sie gesendet wurden, die Einstellungen der Station und ihr Token. Im eigenen Einstellungsordner: was hier gewählt wird, Fensterplätze, letzte Suchen. Sonst wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>In-app frames</source>
        <translation>Frames des eigenen Codes</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Ingest</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Interfaces</source>
        <translation>Schnittstellen</translation>
    </message>
    <message>
        <source>Into another issue…</source>
        <translation>In ein anderes Issue …</translation>
    </message>
    <message>
        <source>Invalid</source>
        <translation>Ungültig</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>Issue {name}</source>
        <translation>Issue {name}</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Issues</translation>
    </message>
    <message>
        <source>Issues that come back</source>
        <translation>Issues, die wiederkehren</translation>
    </message>
    <message>
        <source>Issues that were deleted with “discard”: events like theirs are filtered.</source>
        <translation>Issues, die mit „Verwerfen“ gelöscht wurden: Ereignisse wie ihre werden gefiltert.</translation>
    </message>
    <message>
        <source>It brought more than one key, and they differ.</source>
        <translation>Sie brachte mehr als einen Schlüssel, und sie sind verschieden.</translation>
    </message>
    <message>
        <source>It brought no key: none in X-Sentry-Auth, in the address or in the envelope&apos;s DSN.</source>
        <translation>Sie brachte keinen Schlüssel: keinen in X-Sentry-Auth, in der Adresse oder in der DSN des Envelopes.</translation>
    </message>
    <message>
        <source>It came back</source>
        <translation>Es kam zurück</translation>
    </message>
    <message>
        <source>It came back after it was resolved</source>
        <translation>Es kam zurück, nachdem es gelöst war</translation>
    </message>
    <message>
        <source>It came back in {release}</source>
        <translation>Es kam in {release} zurück</translation>
    </message>
    <message>
        <source>It came too slowly, so the connection was closed.</source>
        <translation>Sie kam zu langsam, deshalb wurde die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>It carries no tags</source>
        <translation>Es hat keine Tags</translation>
    </message>
    <message>
        <source>It could not reach this station for a while: was it running, and is the port open?</source>
        <translation>Es konnte diese Station eine Zeit lang nicht erreichen: Lief sie, und ist der Port offen?</translation>
    </message>
    <message>
        <source>It could not write them as JSON.</source>
        <translation>Es konnte sie nicht als JSON schreiben.</translation>
    </message>
    <message>
        <source>It dropped {drops}.</source>
        <translation>Es verwarf {drops}.</translation>
    </message>
    <message>
        <source>It escalates: {count} events in an hour, {limit} would have been usual</source>
        <translation>Es eskaliert: {count} Ereignisse in einer Stunde, üblich wären {limit}</translation>
    </message>
    <message>
        <source>It failed.</source>
        <translation>Es ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>It had no body</source>
        <translation>Sie hatte keinen Inhalt</translation>
    </message>
    <message>
        <source>It happens far more often than it did</source>
        <translation>Es kommt weit häufiger vor als bisher</translation>
    </message>
    <message>
        <source>It has no stack trace.</source>
        <translation>Es hat keinen Stacktrace.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>It is larger than 100 MB.</source>
        <translation>Sie ist größer als 100 MB.</translation>
    </message>
    <message>
        <source>It is larger than what is taken.</source>
        <translation>Sie ist größer, als angenommen wird.</translation>
    </message>
    <message>
        <source>It is neither an envelope nor the JSON of an event.</source>
        <translation>Sie ist weder ein Envelope noch das JSON eines Ereignisses.</translation>
    </message>
    <message>
        <source>It is too large to be shown here.</source>
        <translation>Es ist zu groß, um hier gezeigt zu werden.</translation>
    </message>
    <message>
        <source>It names no address</source>
        <translation>Sie nennt keine Adresse</translation>
    </message>
    <message>
        <source>It reported no drops.</source>
        <translation>Es meldete nichts Verworfenes.</translation>
    </message>
    <message>
        <source>It samples: set traces_sample_rate (and sample_rate) to 1.0 while you develop.</source>
        <translation>Es nimmt Stichproben: beim Entwickeln traces_sample_rate (und sample_rate) auf 1.0 setzen.</translation>
    </message>
    <message>
        <source>It shares this computer&apos;s network. Info.plist needs NSAllowsLocalNetworking.</source>
        <translation>Er teilt das Netz dieses Rechners. Info.plist braucht NSAllowsLocalNetworking.</translation>
    </message>
    <message>
        <source>It was a part of another issue</source>
        <translation>Es war Teil eines anderen Issues</translation>
    </message>
    <message>
        <source>It was adopted since, so what comes now is taken.</source>
        <translation>Es wurde seither aufgenommen, was jetzt kommt, wird also angenommen.</translation>
    </message>
    <message>
        <source>It was not adopted: {why}</source>
        <translation>Es wurde nicht aufgenommen: {why}</translation>
    </message>
    <message>
        <source>It was not parsed again: {why}</source>
        <translation>Sie wurde nicht noch einmal gelesen: {why}</translation>
    </message>
    <message>
        <source>It was not saved: {why}</source>
        <translation>Es wurde nicht gespeichert: {why}</translation>
    </message>
    <message>
        <source>It was removed or merged.</source>
        <translation>Es wurde entfernt oder zusammengeführt.</translation>
    </message>
    <message>
        <source>It was seen for the first time</source>
        <translation>Es wurde zum ersten Mal gesehen</translation>
    </message>
    <message>
        <source>It was taken, but has not been stored within {seconds} s.</source>
        <translation>Es wurde angenommen, aber nach {seconds} s noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>It was told to slow down and dropped what it had meanwhile. See what was refused with 429.</source>
        <translation>Es sollte langsamer senden und verwarf, was es inzwischen hatte. Siehe, was mit 429 abgelehnt wurde.</translation>
    </message>
    <message>
        <source>It was under load and sampled less.</source>
        <translation>Es war ausgelastet und nahm weniger Stichproben.</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Items of the trace</source>
        <translation>Einträge des Trace</translation>
    </message>
    <message>
        <source>Its buffer was full: there was more at once than the SDK holds.</source>
        <translation>Sein Puffer war voll: Es war mehr auf einmal, als das SDK hält.</translation>
    </message>
    <message>
        <source>Its bytes are not kept any more</source>
        <translation>Die Bytes werden nicht mehr aufbewahrt</translation>
    </message>
    <message>
        <source>Its cache on disk was full.</source>
        <translation>Sein Zwischenspeicher auf der Platte war voll.</translation>
    </message>
    <message>
        <source>Its compression is damaged.</source>
        <translation>Die Kompression ist beschädigt.</translation>
    </message>
    <message>
        <source>Its own settings ignore them.</source>
        <translation>Seine eigenen Einstellungen übergehen sie.</translation>
    </message>
    <message>
        <source>Its parent span never arrived</source>
        <translation>Der Elternspan kam nie an</translation>
    </message>
    <message>
        <source>Its parent span never arrived, so it stands at the top</source>
        <translation>Der Elternspan kam nie an, deshalb steht er oben</translation>
    </message>
    <message>
        <source>Its parents formed a circle, which was cut here</source>
        <translation>Seine Eltern bildeten einen Kreis, der hier aufgetrennt wurde</translation>
    </message>
    <message>
        <source>Its queue was full: it sent more at once than the SDK holds.</source>
        <translation>Seine Warteschlange war voll: Es sendete mehr auf einmal, als das SDK hält.</translation>
    </message>
    <message>
        <source>Its spans began outside of a transaction, and this SDK sends none alone.</source>
        <translation>Seine Spans begannen außerhalb einer Transaktion, und dieses SDK sendet keine allein.</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>JSON, Apache License 2.0 or MIT License</source>
        <translation>JSON, Apache-Lizenz 2.0 oder MIT-Lizenz</translation>
    </message>
    <message>
        <source>Job on time</source>
        <translation>Pünktlichkeit eines Jobs</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep at most</source>
        <translation>Höchstens behalten</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>Behalten für</translation>
    </message>
    <message>
        <source>Keep the label</source>
        <translation>Label behalten</translation>
    </message>
    <message>
        <source>Kept on disk</source>
        <translation>Auf der Platte behalten</translation>
    </message>
    <message>
        <source>Kept whole</source>
        <translation>Ganz behalten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys of {command}</source>
        <translation>Tasten von {command}</translation>
    </message>
    <message>
        <source>Keys without Ctrl or Alt, such as E for Resolve. Off, they do nothing anywhere: for those whose screen reader or voice control uses letters itself.</source>
        <translation>Tasten ohne Strg oder Alt, etwa E für Erledigen. Ausgeschaltet bewirken sie nirgends etwas: für alle, deren Screenreader oder Sprachsteuerung Buchstaben selbst benutzt.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Kind of rules</source>
        <translation>Art der Regeln</translation>
    </message>
    <message>
        <source>Known by their user agents.</source>
        <translation>An ihrem User-Agent erkannt.</translation>
    </message>
    <message>
        <source>LAN</source>
        <translation>LAN</translation>
    </message>
    <message numerus="yes">
        <source>Labelled %n issue(s) {name}</source>
        <translation>
            <numerusform>%n Issue mit {name} markiert</numerusform>
            <numerusform>%n Issues mit {name} markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Labelled {names}</source>
        <translation>Mit {names} markiert</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Labels…</source>
        <translation>Labels …</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Largest size of the database</source>
        <translation>Größte Größe der Datenbank</translation>
    </message>
    <message>
        <source>Largest sizes</source>
        <translation>Höchstgrößen</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>Letzte 15 Minuten</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Last issue</source>
        <translation>Letztes Issue</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>Neuestes</translation>
    </message>
    <message>
        <source>Lavender</source>
        <translation>Lavendel</translation>
    </message>
    <message>
        <source>Layout of the statement</source>
        <translation>Anordnung der Anweisung</translation>
    </message>
    <message>
        <source>Leave free</source>
        <translation>Frei lassen</translation>
    </message>
    <message>
        <source>Leave out all of {name}</source>
        <translation>Alles von {name} auslassen</translation>
    </message>
    <message>
        <source>Leave this frame out</source>
        <translation>Diesen Frame auslassen</translation>
    </message>
    <message>
        <source>Left and Right walk the filters, Space switches one off, Delete removes it, Enter edits it</source>
        <translation>Left und Right gehen durch die Filter, Space schaltet einen aus, Delete entfernt ihn, Enter bearbeitet ihn</translation>
    </message>
    <message>
        <source>Let Spotlight tools read</source>
        <translation>Lesen durch Spotlight-Werkzeuge erlauben</translation>
    </message>
    <message>
        <source>Let devices in…</source>
        <translation>Geräte hereinlassen …</translation>
    </message>
    <message>
        <source>Let events like {title} in again</source>
        <translation>Ereignisse wie {title} wieder zulassen</translation>
    </message>
    <message>
        <source>Let it in again</source>
        <translation>Wieder zulassen</translation>
    </message>
    <message>
        <source>Letters as keys</source>
        <translation>Buchstaben als Tasten</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Level</source>
        <comment>depth of a span</comment>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Licence of {name}</source>
        <translation>Lizenz von {name}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Helle Farben</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>Zeile {line}: {sentence}</translation>
    </message>
    <message>
        <source>Link against sentry-native</source>
        <translation>Mit sentry-native linken</translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation>Link kopiert</translation>
    </message>
    <message>
        <source>Linked spans</source>
        <translation>Verknüpfte Spans</translation>
    </message>
    <message>
        <source>List and trace side by side</source>
        <translation>Liste und Trace nebeneinander</translation>
    </message>
    <message>
        <source>List of traces</source>
        <translation>Liste der Traces</translation>
    </message>
    <message>
        <source>Listen on the local network</source>
        <translation>Im lokalen Netz empfangen</translation>
    </message>
    <message>
        <source>Listened on too, at the same addresses, at once. {usual} is where OpenTelemetry&apos;s exporters send when nobody tells them.</source>
        <translation>Auch auf diesem wird empfangen, an denselben Adressen, ab sofort. An {usual} senden die Exporter von OpenTelemetry, wenn ihnen niemand etwas anderes sagt.</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Empfangsbereit</translation>
    </message>
    <message>
        <source>Listening on {addresses}: connect an app</source>
        <translation>Empfangsbereit auf {addresses}: App verbinden</translation>
    </message>
    <message>
        <source>Listening on {address}</source>
        <translation>Empfangsbereit auf {address}</translation>
    </message>
    <message>
        <source>Listening on {where}. Every device on this network can send events to a project whose key it knows; reading needs the token of this computer. The station announces its name there.</source>
        <translation>Empfangsbereit auf {where}. Jedes Gerät in diesem Netz kann Ereignisse an ein Projekt senden, dessen Schlüssel es kennt; zum Lesen ist das Token dieses Computers nötig. Die Station gibt dort ihren Namen bekannt.</translation>
    </message>
    <message>
        <source>Listening on {where}: only programs on this computer can send. Switched on, the port is open to the local network, to send with a project&apos;s key and to read with the token of this computer, and the station announces its name there.</source>
        <translation>Empfangsbereit auf {where}: Nur Programme auf diesem Computer können senden. Eingeschaltet ist der Port für das lokale Netz offen, zum Senden mit dem Schlüssel eines Projekts und zum Lesen mit dem Token dieses Computers, und die Station gibt dort ihren Namen bekannt.</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>Empfängt auf</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Live: pause</source>
        <translation>Live: anhalten</translation>
    </message>
    <message>
        <source>Load it before anything else: node --import ./instrument.mjs app.mjs</source>
        <translation>Vor allem anderen laden: node --import ./instrument.mjs app.mjs</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>Lokales Netz</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>Logs, spans, metrics</source>
        <translation>Logs, Spans, Metriken</translation>
    </message>
    <message>
        <source>Long values</source>
        <translation>Lange Werte</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Look for devices</source>
        <translation>Geräte suchen</translation>
    </message>
    <message>
        <source>Look for editors again</source>
        <translation>Editoren erneut suchen</translation>
    </message>
    <message>
        <source>Look for no gaps</source>
        <translation>Keine Lücken suchen</translation>
    </message>
    <message>
        <source>Looking at the newest events…</source>
        <translation>Die neuesten Ereignisse werden betrachtet …</translation>
    </message>
    <message>
        <source>Looking for adb…</source>
        <translation>adb wird gesucht …</translation>
    </message>
    <message>
        <source>Looking for editors…</source>
        <translation>Editoren werden gesucht …</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Low priority</source>
        <translation>Niedrige Priorität</translation>
    </message>
    <message numerus="yes">
        <source>Low priority for %n issue(s)</source>
        <translation>
            <numerusform>Niedrige Priorität für %n Issue</numerusform>
            <numerusform>Niedrige Priorität für %n Issues</numerusform>
        </translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Erstellt mit</translation>
    </message>
    <message>
        <source>Make a rule…</source>
        <translation>Regel erstellen …</translation>
    </message>
    <message>
        <source>Make test fixture…</source>
        <translation>Testdaten schreiben …</translation>
    </message>
    <message>
        <source>Mark all in this view</source>
        <translation>Alle in dieser Ansicht markieren</translation>
    </message>
    <message>
        <source>Mark for several</source>
        <translation>Für Mehrfachauswahl markieren</translation>
    </message>
    <message>
        <source>Mark hashes to take them out</source>
        <translation>Hashes markieren, um sie herauszunehmen</translation>
    </message>
    <message>
        <source>Mark read or unread</source>
        <translation>Als gelesen oder ungelesen markieren</translation>
    </message>
    <message>
        <source>Mark {issues} read or unread</source>
        <translation>{issues} als gelesen oder ungelesen markieren</translation>
    </message>
    <message numerus="yes">
        <source>Marked %n issue(s) read</source>
        <translation>
            <numerusform>%n Issue als gelesen markiert</numerusform>
            <numerusform>%n Issues als gelesen markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Marked %n issue(s) unread</source>
        <translation>
            <numerusform>%n Issue als ungelesen markiert</numerusform>
            <numerusform>%n Issues als ungelesen markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Max</source>
        <translation>Max</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Medium priority</source>
        <translation>Mittlere Priorität</translation>
    </message>
    <message numerus="yes">
        <source>Medium priority for %n issue(s)</source>
        <translation>
            <numerusform>Mittlere Priorität für %n Issue</numerusform>
            <numerusform>Mittlere Priorität für %n Issues</numerusform>
        </translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Menu of the chosen row</source>
        <translation>Menü der gewählten Zeile</translation>
    </message>
    <message>
        <source>Menu of the row</source>
        <translation>Menü der Zeile</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menüs</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Merge {issue} with…</source>
        <translation>{issue} zusammenführen mit …</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message numerus="yes">
        <source>Merged with %n issue(s)</source>
        <translation>
            <numerusform>Mit %n Issue zusammengeführt</numerusform>
            <numerusform>Mit %n Issues zusammengeführt</numerusform>
        </translation>
    </message>
    <message>
        <source>Merged {count} issues</source>
        <translation>{count} Issues zusammengeführt</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen …</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Message parameters</source>
        <translation>Parameter der Meldung</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>Metrics of an old kind</source>
        <translation>Metriken alter Art</translation>
    </message>
    <message>
        <source>Minidumps are not taken yet.</source>
        <translation>Minidumps werden noch nicht angenommen.</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>Module</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More about this event</source>
        <translation>Mehr über dieses Ereignis</translation>
    </message>
    <message>
        <source>More sensitive fields</source>
        <translation>Weitere sensible Felder</translation>
    </message>
    <message>
        <source>Most relevant</source>
        <translation>Wichtigste</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message numerus="yes">
        <source>Move %n event(s) to…</source>
        <translation>
            <numerusform>%n Ereignis verschieben nach …</numerusform>
            <numerusform>%n Ereignisse verschieben nach …</numerusform>
        </translation>
    </message>
    <message>
        <source>Move column to the left</source>
        <translation>Spalte nach links verschieben</translation>
    </message>
    <message>
        <source>Move column to the right</source>
        <translation>Spalte nach rechts verschieben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten verschieben</translation>
    </message>
    <message>
        <source>Move the edges of panes by arrows</source>
        <translation>Ränder der Bereiche mit Pfeilen bewegen</translation>
    </message>
    <message>
        <source>Move this event to…</source>
        <translation>Dieses Ereignis verschieben nach …</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben verschieben</translation>
    </message>
    <message>
        <source>Move {column} left</source>
        <translation>{column} nach links verschieben</translation>
    </message>
    <message>
        <source>Move {column} right</source>
        <translation>{column} nach rechts verschieben</translation>
    </message>
    <message numerus="yes">
        <source>Moved %n event(s)</source>
        <translation>
            <numerusform>%n Ereignis verschoben</numerusform>
            <numerusform>%n Ereignisse verschoben</numerusform>
        </translation>
    </message>
    <message>
        <source>N+1 Query</source>
        <translation>N+1-Abfrage</translation>
    </message>
    <message>
        <source>N+1: {count} queries of one shape, {total} in all</source>
        <translation>N+1: {count} Abfragen einer Form, insgesamt {total}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of a new label</source>
        <translation>Name eines neuen Labels</translation>
    </message>
    <message>
        <source>Name of a new project</source>
        <translation>Name eines neuen Projekts</translation>
    </message>
    <message>
        <source>Name of the label</source>
        <translation>Name des Labels</translation>
    </message>
    <message>
        <source>Name of the new project</source>
        <translation>Name des neuen Projekts</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>Name des Projekts</translation>
    </message>
    <message>
        <source>Name of the station</source>
        <translation>Name der Station</translation>
    </message>
    <message>
        <source>Narrow strip with the list alone</source>
        <translation>Schmaler Streifen nur mit der Liste</translation>
    </message>
    <message>
        <source>Narrower names</source>
        <translation>Schmalere Namen</translation>
    </message>
    <message>
        <source>Nested spans</source>
        <translation>Verschachtelte Spans</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Network error report</source>
        <translation>Bericht über Netzwerkfehler</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New figures, sort again</source>
        <translation>Neue Werte, neu sortieren</translation>
    </message>
    <message>
        <source>New issue {id}</source>
        <translation>Neues Issue {id}</translation>
    </message>
    <message>
        <source>New issues</source>
        <translation>Neue Issues</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>New keys of {command}</source>
        <translation>Neue Tasten von {command}</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>New label…</source>
        <translation>Neues Label …</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt …</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Neues Token</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>Neues Fenster</translation>
    </message>
    <message>
        <source>Newer event {number} arrived</source>
        <translation>Neueres Ereignis {number} eingetroffen</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Nächster Unterschied</translation>
    </message>
    <message>
        <source>Next error</source>
        <translation>Nächster Fehler</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>Nächstes Ereignis</translation>
    </message>
    <message>
        <source>Next frame of the application</source>
        <translation>Nächster Frame der Anwendung</translation>
    </message>
    <message>
        <source>Next issue</source>
        <translation>Nächstes Issue</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Fensterteil</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>No HTTP request</source>
        <translation>Keine HTTP-Anfrage</translation>
    </message>
    <message>
        <source>No app connected</source>
        <translation>Keine App verbunden</translation>
    </message>
    <message>
        <source>No attachments</source>
        <translation>Keine Anhänge</translation>
    </message>
    <message>
        <source>No breadcrumb matches</source>
        <translation>Kein passender Breadcrumb</translation>
    </message>
    <message>
        <source>No breadcrumbs</source>
        <translation>Keine Breadcrumbs</translation>
    </message>
    <message>
        <source>No contexts</source>
        <translation>Keine Kontexte</translation>
    </message>
    <message>
        <source>No device is connected. Switch on USB debugging in its developer options.</source>
        <translation>Kein Gerät ist verbunden. USB-Debugging in dessen Entwickleroptionen einschalten.</translation>
    </message>
    <message>
        <source>No editor was found on this machine. Name yours in Settings › Editor.</source>
        <translation>Auf diesem Rechner wurde kein Editor gefunden. Den eigenen unter Einstellungen › Editor angeben.</translation>
    </message>
    <message>
        <source>No event fits</source>
        <translation>Kein passendes Ereignis</translation>
    </message>
    <message>
        <source>No event of it is kept any more.</source>
        <translation>Kein Ereignis davon ist noch gespeichert.</translation>
    </message>
    <message>
        <source>No file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>No file came with this event.</source>
        <translation>Mit diesem Ereignis kam keine Datei.</translation>
    </message>
    <message>
        <source>No file manager could be opened for {folder}</source>
        <translation>Für {folder} ließ sich kein Dateimanager öffnen</translation>
    </message>
    <message>
        <source>No file to try it with could be written.</source>
        <translation>Es ließ sich keine Datei zum Ausprobieren schreiben.</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>Noch kein Ordner</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>No instrumentation</source>
        <translation>Keine Instrumentierung</translation>
    </message>
    <message>
        <source>No instrumentation for {length}</source>
        <translation>Keine Instrumentierung für {length}</translation>
    </message>
    <message>
        <source>No interface is ticked under Network, so no other device can reach this station.</source>
        <translation>Unter Netz ist keine Schnittstelle gewählt, deshalb erreicht kein anderes Gerät diese Station.</translation>
    </message>
    <message>
        <source>No issue is open</source>
        <translation>Kein Issue geöffnet</translation>
    </message>
    <message>
        <source>No issue matches</source>
        <translation>Kein passendes Issue</translation>
    </message>
    <message>
        <source>No issue yet. Point a Sentry SDK here:</source>
        <translation>Noch kein Issue. Ein Sentry-SDK hierher richten:</translation>
    </message>
    <message>
        <source>No item is known to belong to this trace</source>
        <translation>Kein Eintrag gehört, soweit bekannt, zu diesem Trace</translation>
    </message>
    <message>
        <source>No kind</source>
        <translation>Keine Art</translation>
    </message>
    <message>
        <source>No larger than a request can be: {size} MB.</source>
        <translation>Nicht größer, als eine Anfrage sein kann: {size} MB.</translation>
    </message>
    <message>
        <source>No other issue fits.</source>
        <translation>Kein anderes Issue passt.</translation>
    </message>
    <message>
        <source>No packages</source>
        <translation>Keine Pakete</translation>
    </message>
    <message>
        <source>No program opens files of this kind.</source>
        <translation>Kein Programm öffnet Dateien dieser Art.</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>Kein Projekt</translation>
    </message>
    <message>
        <source>No release</source>
        <translation>Kein Release</translation>
    </message>
    <message>
        <source>No request brought this event: Vedette found it out by itself.</source>
        <translation>Kein Request brachte dieses Ereignis: Vedette hat es selbst festgestellt.</translation>
    </message>
    <message>
        <source>No request chosen</source>
        <translation>Keine Anfrage gewählt</translation>
    </message>
    <message>
        <source>No request matches</source>
        <translation>Keine Anfrage passt</translation>
    </message>
    <message>
        <source>No requests in this scope</source>
        <translation>Keine Anfragen in diesem Bereich</translation>
    </message>
    <message>
        <source>No setting fits “{search}”</source>
        <translation>Keine Einstellung passt zu „{search}“</translation>
    </message>
    <message>
        <source>No shortcut here has “{text}” in it.</source>
        <translation>Kein Tastenkürzel hier enthält „{text}“.</translation>
    </message>
    <message>
        <source>No span of this trace is stored: it was not sampled, or tracing is switched off.</source>
        <translation>Kein Span dieses Traces ist gespeichert: Er wurde nicht ausgewählt (Sampling), oder Tracing ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>No span selected</source>
        <translation>Kein Span ausgewählt</translation>
    </message>
    <message numerus="yes">
        <source>No spans arrived for this trace, only %n error(s).</source>
        <translation>
            <numerusform>Zu diesem Trace kamen keine Spans, nur %n Fehler.</numerusform>
            <numerusform>Zu diesem Trace kamen keine Spans, nur %n Fehler.</numerusform>
        </translation>
    </message>
    <message>
        <source>No stack trace</source>
        <translation>Kein Stacktrace</translation>
    </message>
    <message>
        <source>No stack trace came with it.</source>
        <translation>Es kam kein Stacktrace mit.</translation>
    </message>
    <message>
        <source>No station is running, so nothing new can arrive.</source>
        <translation>Keine Station läuft, daher kann nichts Neues eintreffen.</translation>
    </message>
    <message>
        <source>No station is running.</source>
        <translation>Keine Station läuft.</translation>
    </message>
    <message>
        <source>No station is running: nothing is taken, and these settings cannot be changed.</source>
        <translation>Keine Station läuft: Nichts wird angenommen, und diese Einstellungen lassen sich nicht ändern.</translation>
    </message>
    <message>
        <source>No station is running; nothing new can arrive.</source>
        <translation>Es läuft keine Station; nichts Neues kann ankommen.</translation>
    </message>
    <message>
        <source>No tag or value fits</source>
        <translation>Kein passendes Tag und kein passender Wert</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Keine Tags</translation>
    </message>
    <message>
        <source>No terminal was found for {editor}.</source>
        <translation>Für {editor} wurde kein Terminal gefunden.</translation>
    </message>
    <message>
        <source>No trace matches</source>
        <translation>Kein passender Trace</translation>
    </message>
    <message>
        <source>No trace open</source>
        <translation>Kein Trace geöffnet</translation>
    </message>
    <message>
        <source>No traces yet</source>
        <translation>Noch keine Traces</translation>
    </message>
    <message>
        <source>No transaction matches</source>
        <translation>Keine passende Transaktion</translation>
    </message>
    <message>
        <source>No transactions in the last 24 hours</source>
        <translation>Keine Transaktionen in den letzten 24 Stunden</translation>
    </message>
    <message>
        <source>No unseen errors</source>
        <translation>Keine ungesehenen Fehler</translation>
    </message>
    <message>
        <source>Nobody has sent anything yet</source>
        <translation>Noch hat niemand etwas gesendet</translation>
    </message>
    <message>
        <source>None here</source>
        <translation>Hier keine</translation>
    </message>
    <message>
        <source>None of its events is kept any more</source>
        <translation>Keines seiner Ereignisse ist noch gespeichert</translation>
    </message>
    <message>
        <source>None of these was found: {editors}. Give a command of your own.</source>
        <translation>Keiner davon wurde gefunden: {editors}. Einen eigenen Befehl angeben.</translation>
    </message>
    <message>
        <source>Not applied. Click to switch it on again</source>
        <translation>Nicht angewendet. Klick schaltet ihn wieder ein</translation>
    </message>
    <message>
        <source>Not found, for example: {names}</source>
        <translation>Nicht gefunden, zum Beispiel: {names}</translation>
    </message>
    <message>
        <source>Not part of a trace</source>
        <translation>Nicht Teil eines Traces</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Nicht erreicht</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing differs</source>
        <translation>Nichts unterscheidet sich</translation>
    </message>
    <message>
        <source>Nothing else belongs here</source>
        <translation>Sonst gehört nichts hierher</translation>
    </message>
    <message>
        <source>Nothing fits “{query}” here.</source>
        <translation>Hier passt nichts zu „{query}“.</translation>
    </message>
    <message>
        <source>Nothing fits “{query}” in this scope.</source>
        <translation>Nichts passt in diesem Bereich zu „{query}“.</translation>
    </message>
    <message>
        <source>Nothing has knocked yet</source>
        <translation>Noch hat nichts angeklopft</translation>
    </message>
    <message>
        <source>Nothing here is called so.</source>
        <translation>Hier heißt nichts so.</translation>
    </message>
    <message>
        <source>Nothing in this scope</source>
        <translation>Nichts in diesem Bereich</translation>
    </message>
    <message>
        <source>Nothing in this time</source>
        <translation>Nichts in diesem Zeitraum</translation>
    </message>
    <message>
        <source>Nothing is discarded. Deleting an issue can also discard events like its own.</source>
        <translation>Nichts wird verworfen. Beim Löschen eines Issues lassen sich auch Ereignisse wie seine verwerfen.</translation>
    </message>
    <message>
        <source>Nothing open</source>
        <translation>Nichts geöffnet</translation>
    </message>
    <message>
        <source>Nothing received yet</source>
        <translation>Noch nichts empfangen</translation>
    </message>
    <message>
        <source>Nothing that is stored would change.</source>
        <translation>Nichts Gespeichertes würde sich ändern.</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>Nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Nothing to group by</source>
        <translation>Nichts zum Gruppieren</translation>
    </message>
    <message>
        <source>Nothing to take apart</source>
        <translation>Nichts zu trennen</translation>
    </message>
    <message>
        <source>Nothing was changed: {why}</source>
        <translation>Nichts wurde geändert: {why}</translation>
    </message>
    <message>
        <source>Nothing was cut, scrubbed or replaced: the values are as they were sent.</source>
        <translation>Nichts wurde gekürzt, unkenntlich gemacht oder ersetzt: Die Werte sind wie gesendet.</translation>
    </message>
    <message>
        <source>Nothing was filtered out</source>
        <translation>Nichts wurde herausgefiltert</translation>
    </message>
    <message>
        <source>Nothing was invalid</source>
        <translation>Nichts war ungültig</translation>
    </message>
    <message>
        <source>Nothing was measured between the span above and the one below.</source>
        <translation>Zwischen dem Span darüber und dem darunter wurde nichts gemessen.</translation>
    </message>
    <message>
        <source>Nothing was refused</source>
        <translation>Nichts wurde abgelehnt</translation>
    </message>
    <message>
        <source>Nothing was searched for yet</source>
        <translation>Noch nichts gesucht</translation>
    </message>
    <message>
        <source>Nothing was stored</source>
        <translation>Nichts wurde gespeichert</translation>
    </message>
    <message>
        <source>Nothing with parts is open</source>
        <translation>Nichts mit Teilen ist geöffnet</translation>
    </message>
    <message>
        <source>Nothing: all that is stored is within these limits.</source>
        <translation>Nichts: Alles Gespeicherte liegt innerhalb dieser Grenzen.</translation>
    </message>
    <message>
        <source>Nothing: no station is running.</source>
        <translation>Nichts: Keine Station läuft.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Nowhere: no station is running.</source>
        <translation>Nirgends: Keine Station läuft.</translation>
    </message>
    <message>
        <source>Number or id</source>
        <translation>Nummer oder ID</translation>
    </message>
    <message>
        <source>Number or id of the event</source>
        <translation>Nummer oder ID des Ereignisses</translation>
    </message>
    <message>
        <source>Ochre</source>
        <translation>Ocker</translation>
    </message>
    <message>
        <source>Of React&apos;s pages.</source>
        <translation>Von Seiten mit React.</translation>
    </message>
    <message>
        <source>Of phones.</source>
        <translation>Von Telefonen.</translation>
    </message>
    <message>
        <source>Of the database. The oldest goes first, in small steps while nothing else is to do. Starred issues keep their events, with payloads and attachments.</source>
        <translation>Der Datenbank. Das Älteste geht zuerst, in kleinen Schritten, wenn sonst nichts zu tun ist. Issues mit Stern behalten ihre Ereignisse, mit Nutzdaten und Anhängen.</translation>
    </message>
    <message>
        <source>Of users, requests, and wherever they stand in text.</source>
        <translation>Von Benutzern, von Requests und wo immer sie im Text stehen.</translation>
    </message>
    <message>
        <source>Of what extensions load into pages.</source>
        <translation>Von dem, was Erweiterungen in Seiten laden.</translation>
    </message>
    <message>
        <source>Old browsers</source>
        <translation>Alte Browser</translation>
    </message>
    <message>
        <source>Old metrics</source>
        <translation>Alte Metriken</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Oliv</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>One a line, * for anything.</source>
        <translation>Je Zeile eine, * steht für alles.</translation>
    </message>
    <message>
        <source>One a line, * for anything: type and value, or the message.</source>
        <translation>Je Zeile eine, * steht für alles: Typ und Wert oder die Meldung.</translation>
    </message>
    <message>
        <source>One a line: addresses or networks, of clients and users.</source>
        <translation>Je Zeile eine: Adressen oder Netze, von Clients und Benutzern.</translation>
    </message>
    <message>
        <source>One a line: keys that contain it lose their value.</source>
        <translation>Je Zeile einer: Schlüssel, die ihn enthalten, verlieren ihren Wert.</translation>
    </message>
    <message>
        <source>One a line: keys whose value always stays.</source>
        <translation>Je Zeile einer: Schlüssel, deren Wert immer bleibt.</translation>
    </message>
    <message>
        <source>One must stay</source>
        <translation>Einer muss bleiben</translation>
    </message>
    <message>
        <source>One of the events is gone</source>
        <translation>Eines der Ereignisse ist nicht mehr da</translation>
    </message>
    <message>
        <source>One query for all of them, a join or prefetching, would save the round trips.</source>
        <translation>Eine Abfrage für alle, ein Join oder Prefetching, würde die einzelnen Umläufe sparen.</translation>
    </message>
    <message>
        <source>Ones Sentry calls legacy.</source>
        <translation>Die Sentry „legacy“ nennt.</translation>
    </message>
    <message>
        <source>Ongoing</source>
        <translation>Andauernd</translation>
    </message>
    <message>
        <source>Ongoing: it has been so for a week</source>
        <translation>Andauernd: Es ist seit einer Woche so</translation>
    </message>
    <message>
        <source>Only category {name}</source>
        <translation>Nur Kategorie {name}</translation>
    </message>
    <message>
        <source>Only programs on this computer can send until you tick a network interface.</source>
        <translation>Nur Programme auf diesem Rechner können senden, bis eine Netzschnittstelle gewählt ist.</translation>
    </message>
    <message>
        <source>Only programs on this computer can send.</source>
        <translation>Nur Programme auf diesem Computer können senden.</translation>
    </message>
    <message>
        <source>Only the first {count} spans are shown.</source>
        <translation>Nur die ersten {count} Spans werden gezeigt.</translation>
    </message>
    <message>
        <source>Only the usual columns</source>
        <translation>Nur die üblichen Spalten</translation>
    </message>
    <message>
        <source>Only what arrives from now on</source>
        <translation>Nur, was von nun an ankommt</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>verb</comment>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>a frame</comment>
        <translation>Aufklappen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open Vedette</source>
        <translation>Vedette öffnen</translation>
    </message>
    <message>
        <source>Open an event and press D, or mark two issues and press D.</source>
        <translation>Ein Ereignis öffnen und D drücken, oder zwei Issues markieren und D drücken.</translation>
    </message>
    <message>
        <source>Open below the list</source>
        <translation>Unter der Liste öffnen</translation>
    </message>
    <message>
        <source>Open beside the list</source>
        <translation>Neben der Liste öffnen</translation>
    </message>
    <message>
        <source>Open code in the editor</source>
        <translation>Code im Editor öffnen</translation>
    </message>
    <message>
        <source>Open demo workspace</source>
        <translation>Demo-Arbeitsbereich öffnen</translation>
    </message>
    <message>
        <source>Open event A</source>
        <translation>Ereignis A öffnen</translation>
    </message>
    <message>
        <source>Open event B</source>
        <translation>Ereignis B öffnen</translation>
    </message>
    <message>
        <source>Open files in</source>
        <translation>Dateien öffnen in</translation>
    </message>
    <message>
        <source>Open in editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Open in editor: {place}</source>
        <translation>Im Editor öffnen: {place}</translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation>In neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>Open in place of the list</source>
        <translation>Anstelle der Liste öffnen</translation>
    </message>
    <message>
        <source>Open issue or trace</source>
        <translation>Issue oder Trace öffnen</translation>
    </message>
    <message>
        <source>Open issue {issue}: {title}</source>
        <translation>Issue {issue} öffnen: {title}</translation>
    </message>
    <message>
        <source>Open its slowest trace</source>
        <translation>Langsamsten Trace davon öffnen</translation>
    </message>
    <message>
        <source>Open the issue of the error</source>
        <translation>Issue des Fehlers öffnen</translation>
    </message>
    <message>
        <source>Open the last closed window again</source>
        <translation>Zuletzt geschlossenes Fenster wieder öffnen</translation>
    </message>
    <message>
        <source>Open the trace</source>
        <translation>Trace öffnen</translation>
    </message>
    <message>
        <source>Open the trace in a new window</source>
        <translation>Trace in neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>Open trace</source>
        <translation>Trace öffnen</translation>
    </message>
    <message>
        <source>Open what it became</source>
        <translation>Öffnen, was daraus wurde</translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation>Öffnen mit …</translation>
    </message>
    <message>
        <source>Open {issue}</source>
        <translation>{issue} öffnen</translation>
    </message>
    <message>
        <source>OpenTelemetry</source>
        <translation>OpenTelemetry</translation>
    </message>
    <message>
        <source>OpenTelemetry logs</source>
        <translation>OpenTelemetry-Logs</translation>
    </message>
    <message>
        <source>OpenTelemetry metrics</source>
        <translation>OpenTelemetry-Metriken</translation>
    </message>
    <message>
        <source>OpenTelemetry port</source>
        <translation>OpenTelemetry-Port</translation>
    </message>
    <message>
        <source>OpenTelemetry traces</source>
        <translation>OpenTelemetry-Traces</translation>
    </message>
    <message>
        <source>Opens a small text at line 3, so that you see whether line and column arrive.</source>
        <translation>Öffnet einen kurzen Text in Zeile 3; so ist zu sehen, ob Zeile und Spalte ankommen.</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Betriebssystem</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Operation</translation>
    </message>
    <message>
        <source>Or without code: Tools, Sentry, and the DSN field there.</source>
        <translation>Oder ohne Code: Tools, Sentry und dort das Feld DSN.</translation>
    </message>
    <message>
        <source>Order of columns</source>
        <translation>Reihenfolge der Spalten</translation>
    </message>
    <message>
        <source>Order of frames</source>
        <translation>Reihenfolge der Frames</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Reihenfolge: {order}</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Other events of this trace</source>
        <translation>Andere Ereignisse dieses Traces</translation>
    </message>
    <message>
        <source>Other issues were merged into it</source>
        <translation>Andere Issues wurden damit zusammengeführt</translation>
    </message>
    <message>
        <source>Outbound connections: none.</source>
        <translation>Ausgehende Verbindungen: keine.</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Overview of the whole trace</source>
        <translation>Übersicht über den ganzen Trace</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Page of settings</source>
        <translation>Seite der Einstellungen</translation>
    </message>
    <message>
        <source>Pages at localhost, users at 127.0.0.1.</source>
        <translation>Seiten auf localhost, Benutzer mit 127.0.0.1.</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Pair a device</source>
        <translation>Gerät koppeln</translation>
    </message>
    <message>
        <source>Pair a device…</source>
        <translation>Gerät koppeln …</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Parse again</source>
        <translation>Noch einmal lesen</translation>
    </message>
    <message>
        <source>Parsed again: all of it is stored.</source>
        <translation>Noch einmal gelesen: Alles ist gespeichert.</translation>
    </message>
    <message>
        <source>Parsed again: it is still {outcome}.</source>
        <translation>Noch einmal gelesen: Es ist weiterhin {outcome}.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Part of a profile</source>
        <translation>Teil eines Profils</translation>
    </message>
    <message>
        <source>Parts of a page after a deploy.</source>
        <translation>Teile einer Seite nach einem Deployment.</translation>
    </message>
    <message>
        <source>Parts of the event</source>
        <translation>Teile des Ereignisses</translation>
    </message>
    <message>
        <source>Parts of the event that were looked at</source>
        <translation>Teile des Ereignisses, die betrachtet wurden</translation>
    </message>
    <message>
        <source>Passwords, keys, card numbers and the like are replaced in what you copy or save.</source>
        <translation>Passwörter, Schlüssel, Kartennummern und Ähnliches werden in dem ersetzt, was Sie kopieren oder speichern.</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Path mappings</source>
        <translation>Pfadzuordnungen</translation>
    </message>
    <message>
        <source>Paths in events begin with</source>
        <translation>Pfade in Ereignissen beginnen mit</translation>
    </message>
    <message>
        <source>Paths in the newest events</source>
        <translation>Pfade in den neuesten Ereignissen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused - {count} waiting</source>
        <translation>Angehalten - {count} wartend</translation>
    </message>
    <message>
        <source>Paused · {count} waiting</source>
        <translation>Angehalten · {count} wartend</translation>
    </message>
    <message>
        <source>Paused, {count} waiting: follow again</source>
        <translation>Angehalten, {count} wartend: wieder folgen</translation>
    </message>
    <message>
        <source>Paused; events go on being taken</source>
        <translation>Angehalten; Ereignisse werden weiter angenommen</translation>
    </message>
    <message>
        <source>Peek</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Peek: {issue}</source>
        <translation>Vorschau: {issue}</translation>
    </message>
    <message>
        <source>Per minute</source>
        <translation>Pro Minute</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Phone on this network</source>
        <translation>Telefon in diesem Netz</translation>
    </message>
    <message>
        <source>Phone or other computer</source>
        <translation>Telefon oder anderer Computer</translation>
    </message>
    <message>
        <source>Phone, emulator, container or another computer?</source>
        <translation>Telefon, Emulator, Container oder ein anderer Computer?</translation>
    </message>
    <message>
        <source>Phones and other computers</source>
        <translation>Telefone und andere Computer</translation>
    </message>
    <message>
        <source>Pick an event to compare with</source>
        <translation>Ereignis zum Vergleichen wählen</translation>
    </message>
    <message>
        <source>Pixel grid</source>
        <translation>Pixelraster</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Pflaume</translation>
    </message>
    <message>
        <source>Point an SDK at this station</source>
        <translation>Ein SDK auf diese Station richten</translation>
    </message>
    <message>
        <source>Port for OpenTelemetry</source>
        <translation>Port für OpenTelemetry</translation>
    </message>
    <message>
        <source>Port {port} is open to devices there. They may send with a key this station knows; other keys are refused and shown in Ingest. Reading needs the token, from everywhere.</source>
        <translation>Port {port} ist dort für Geräte offen. Sie dürfen mit einem Schlüssel senden, den diese Station kennt; andere Schlüssel werden abgelehnt und unter Eingang gezeigt. Zum Lesen ist von überall das Token nötig.</translation>
    </message>
    <message>
        <source>Press keys</source>
        <translation>Tasten drücken</translation>
    </message>
    <message>
        <source>Pretty</source>
        <comment>form of a body</comment>
        <translation>Formatiert</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>Voriger Unterschied</translation>
    </message>
    <message>
        <source>Previous error</source>
        <translation>Voriger Fehler</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>Voriges Ereignis</translation>
    </message>
    <message>
        <source>Previous issue</source>
        <translation>Voriges Issue</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Voriger Fensterteil</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Priority by rule</source>
        <translation>Priorität nach Regel</translation>
    </message>
    <message numerus="yes">
        <source>Priority by rule for %n issue(s)</source>
        <translation>
            <numerusform>Priorität nach Regel für %n Issue</numerusform>
            <numerusform>Priorität nach Regel für %n Issues</numerusform>
        </translation>
    </message>
    <message>
        <source>Priority…</source>
        <translation>Priorität …</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Programs and pages of this computer may read what arrives at /stream without a token, as Spotlight&apos;s own tools do.</source>
        <translation>Programme und Seiten dieses Computers dürfen ohne Token lesen, was unter /stream eintrifft, wie es die eigenen Werkzeuge von Spotlight tun.</translation>
    </message>
    <message>
        <source>Programs can go on sending, and you are told of new issues. The icon in the tray opens the window again. This is asked once; Settings, Notifications, changes it.</source>
        <translation>Programme können weiter senden, und neue Issues werden gemeldet. Das Symbol im Infobereich öffnet das Fenster wieder. Gefragt wird nur einmal; unter Einstellungen, Benachrichtigungen lässt es sich ändern.</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Project {slug}</source>
        <translation>Projekt {slug}</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>QR code of the DSN</source>
        <translation>QR-Code der DSN</translation>
    </message>
    <message>
        <source>QR codes, BSD 3-Clause License</source>
        <translation>QR-Codes, BSD-3-Klausel-Lizenz</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queue {count}</source>
        <translation>Warteschlange {count}</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quits Vedette</source>
        <translation>Beendet Vedette</translation>
    </message>
    <message>
        <source>RPC</source>
        <translation>RPC</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Rather look around first? With recorded data, in a window of its own:</source>
        <translation>Lieber erst umsehen? Mit aufgezeichneten Daten, in einem eigenen Fenster:</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>Raw</source>
        <comment>form of a body</comment>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Raw JSON</source>
        <translation>Rohes JSON</translation>
    </message>
    <message>
        <source>Raw event</source>
        <translation>Rohdaten des Ereignisses</translation>
    </message>
    <message>
        <source>Raw event as a tree</source>
        <translation>Rohdaten des Ereignisses als Baum</translation>
    </message>
    <message>
        <source>Raw event as sent</source>
        <translation>Rohdaten des Ereignisses wie gesendet</translation>
    </message>
    <message>
        <source>Raw events line by line</source>
        <translation>Rohe Ereignisse Zeile für Zeile</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Read requests again</source>
        <translation>Anfragen noch einmal laden</translation>
    </message>
    <message>
        <source>Read the licence of {name}</source>
        <translation>Lizenz von {name} lesen</translation>
    </message>
    <message>
        <source>Read traces again</source>
        <translation>Traces neu einlesen</translation>
    </message>
    <message>
        <source>Reading issues…</source>
        <translation>Issues werden gelesen …</translation>
    </message>
    <message>
        <source>Reading needs the token of this computer. The station says its name there.</source>
        <translation>Zum Lesen ist das Token dieses Computers nötig. Die Station gibt dort ihren Namen bekannt.</translation>
    </message>
    <message>
        <source>Reading requests…</source>
        <translation>Lade Anfragen …</translation>
    </message>
    <message>
        <source>Reading the issue…</source>
        <translation>Das Issue wird gelesen …</translation>
    </message>
    <message>
        <source>Reading the payload…</source>
        <translation>Die Nutzdaten werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the trace…</source>
        <translation>Der Trace wird gelesen …</translation>
    </message>
    <message>
        <source>Reading traces…</source>
        <translation>Traces werden gelesen …</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Reduced: menus, lists and tips appear at once.</source>
        <translation>Reduziert: Menüs, Listen und Tipps erscheinen sofort.</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Registers</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Regressed</source>
        <translation>Wieder aufgetreten</translation>
    </message>
    <message>
        <source>Regroup what is stored</source>
        <translation>Gespeichertes neu gruppieren</translation>
    </message>
    <message>
        <source>Regrouped by rules</source>
        <translation>Nach Regeln neu gruppiert</translation>
    </message>
    <message>
        <source>Regrouping what is stored</source>
        <translation>Gespeichertes wird neu gruppiert</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Release that has the change</source>
        <translation>Release mit der Änderung</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Releases</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Remove this column</source>
        <translation>Diese Spalte entfernen</translation>
    </message>
    <message>
        <source>Remove this filter (Delete)</source>
        <translation>Diesen Filter entfernen (Entf)</translation>
    </message>
    <message>
        <source>Remove this mapping</source>
        <translation>Diese Zuordnung entfernen</translation>
    </message>
    <message>
        <source>Remove {term}</source>
        <translation>{term} entfernen</translation>
    </message>
    <message>
        <source>Removed the star of {issue}</source>
        <translation>Stern von {issue} entfernt</translation>
    </message>
    <message>
        <source>Rename the view…</source>
        <translation>Ansicht umbenennen …</translation>
    </message>
    <message>
        <source>Rename view</source>
        <translation>Ansicht umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Reopen {issues}</source>
        <translation>{issues} wieder öffnen</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Wieder geöffnet</translation>
    </message>
    <message numerus="yes">
        <source>Reopened %n issue(s)</source>
        <translation>
            <numerusform>%n Issue wieder geöffnet</numerusform>
            <numerusform>%n Issues wieder geöffnet</numerusform>
        </translation>
    </message>
    <message>
        <source>Reopened {issue}</source>
        <translation>{issue} wieder geöffnet</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replay recording</source>
        <translation>Replay-Aufzeichnung</translation>
    </message>
    <message>
        <source>Replay recordings</source>
        <translation>Replay-Aufzeichnungen</translation>
    </message>
    <message>
        <source>Replay segment</source>
        <translation>Replay-Abschnitt</translation>
    </message>
    <message>
        <source>Replay video</source>
        <translation>Replay-Video</translation>
    </message>
    <message>
        <source>Replay videos</source>
        <translation>Replay-Videos</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>Inhalt der Anfrage</translation>
    </message>
    <message>
        <source>Request copied as it is sent</source>
        <translation>Anfrage kopiert, wie sie gesendet wird</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Reset the view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to “{name}”</source>
        <translation>Auf „{name}“ zurücksetzen</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Erledigen</translation>
    </message>
    <message>
        <source>Resolve in a release…</source>
        <translation>In einem Release lösen …</translation>
    </message>
    <message>
        <source>Resolve in the latest release</source>
        <translation>Im neuesten Release lösen</translation>
    </message>
    <message>
        <source>Resolve in the next release</source>
        <translation>Im nächsten Release erledigen</translation>
    </message>
    <message>
        <source>Resolve in the next run</source>
        <translation>Im nächsten Lauf erledigen</translation>
    </message>
    <message>
        <source>Resolve {issues}</source>
        <translation>{issues} erledigen</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message numerus="yes">
        <source>Resolved %n issue(s)</source>
        <translation>
            <numerusform>%n Issue erledigt</numerusform>
            <numerusform>%n Issues erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resolved %n issue(s) in the next release</source>
        <translation>
            <numerusform>%n Issue im nächsten Release erledigt</numerusform>
            <numerusform>%n Issues im nächsten Release erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resolved %n issue(s) in the next run</source>
        <translation>
            <numerusform>%n Issue im nächsten Lauf erledigt</numerusform>
            <numerusform>%n Issues im nächsten Lauf erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resolved %n issue(s) in {release}</source>
        <translation>
            <numerusform>%n Issue in {release} gelöst</numerusform>
            <numerusform>%n Issues in {release} gelöst</numerusform>
        </translation>
    </message>
    <message>
        <source>Resolved from the next run on</source>
        <translation>Ab dem nächsten Lauf gelöst</translation>
    </message>
    <message>
        <source>Resolved in commit {commit}</source>
        <translation>In Commit {commit} gelöst</translation>
    </message>
    <message>
        <source>Resolved in the next release</source>
        <translation>Im nächsten Release gelöst</translation>
    </message>
    <message>
        <source>Resolved in the release after {release}</source>
        <translation>Im Release nach {release} gelöst</translation>
    </message>
    <message>
        <source>Resolved in {release}; older ones may still fail</source>
        <translation>In {release} gelöst; ältere dürfen noch scheitern</translation>
    </message>
    <message>
        <source>Resolved last</source>
        <translation>Zuletzt erledigt</translation>
    </message>
    <message>
        <source>Resolved last: {names}</source>
        <translation>Zuletzt erledigt: {names}</translation>
    </message>
    <message>
        <source>Resolved {issue}</source>
        <translation>{issue} erledigt</translation>
    </message>
    <message>
        <source>Resolved; the next event brings it back</source>
        <translation>Gelöst; das nächste Ereignis bringt es zurück</translation>
    </message>
    <message>
        <source>Resolve…</source>
        <translation>Erledigen …</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>Retention removed it, or its issue was deleted.</source>
        <translation>Es wurde nach Ablauf entfernt, oder sein Issue wurde gelöscht.</translation>
    </message>
    <message>
        <source>Retention removed the payload; only times, names and status are left.</source>
        <translation>Die Aufbewahrung hat die Nutzdaten entfernt; nur Zeiten, Namen und Status sind übrig.</translation>
    </message>
    <message>
        <source>Retention removed them; the counts above remain.</source>
        <translation>Die Aufbewahrung hat sie entfernt; die Zahlen oben bleiben.</translation>
    </message>
    <message>
        <source>Retention removed what brought it.</source>
        <translation>Die Aufbewahrung hat entfernt, was ihn brachte.</translation>
    </message>
    <message>
        <source>Reveal in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Durchgesehen</translation>
    </message>
    <message>
        <source>Room to leave on the disk</source>
        <translation>Frei zu lassender Platz auf dem Datenträger</translation>
    </message>
    <message>
        <source>Rows for touch</source>
        <translation>Zeilen für Touch</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Rules of your own</source>
        <translation>Eigene Regeln</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Run #{number}</source>
        <translation>Lauf #{number}</translation>
    </message>
    <message>
        <source>Run for {device}</source>
        <translation>Ausführen für {device}</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>Lauf {number}</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs and releases</source>
        <translation>Läufe und Releases</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeitumgebung</translation>
    </message>
    <message>
        <source>SDK</source>
        <translation>SDK</translation>
    </message>
    <message>
        <source>Safe fields</source>
        <translation>Sichere Felder</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>Gleiche Datei</translation>
    </message>
    <message>
        <source>Same function</source>
        <translation>Gleiche Funktion</translation>
    </message>
    <message>
        <source>Same level</source>
        <translation>Gleiche Stufe</translation>
    </message>
    <message>
        <source>Same project</source>
        <translation>Gleiches Projekt</translation>
    </message>
    <message>
        <source>Same release</source>
        <translation>Gleiches Release</translation>
    </message>
    <message>
        <source>Same tag</source>
        <translation>Gleiches Tag</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Stichproben</translation>
    </message>
    <message>
        <source>Save as a file, or drag it out of the window</source>
        <translation>Als Datei speichern oder aus dem Fenster ziehen</translation>
    </message>
    <message>
        <source>Save as a new view…</source>
        <translation>Als neue Ansicht speichern …</translation>
    </message>
    <message>
        <source>Save as received…</source>
        <translation>Speichern wie empfangen …</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als …</translation>
    </message>
    <message>
        <source>Save attachment</source>
        <translation>Anhang speichern</translation>
    </message>
    <message>
        <source>Save bytes as received…</source>
        <translation>Bytes speichern wie empfangen …</translation>
    </message>
    <message>
        <source>Save bytes…</source>
        <translation>Bytes speichern …</translation>
    </message>
    <message>
        <source>Save envelope as received…</source>
        <translation>Envelope speichern wie empfangen …</translation>
    </message>
    <message>
        <source>Save envelope…</source>
        <translation>Envelope speichern …</translation>
    </message>
    <message>
        <source>Save event</source>
        <translation>Ereignis speichern</translation>
    </message>
    <message>
        <source>Save event as JSON…</source>
        <translation>Ereignis als JSON speichern …</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Save the bytes</source>
        <translation>Bytes speichern</translation>
    </message>
    <message>
        <source>Save the envelope</source>
        <translation>Envelope speichern</translation>
    </message>
    <message>
        <source>Save the view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>Save this search as a view</source>
        <translation>Diese Suche als Ansicht speichern</translation>
    </message>
    <message>
        <source>Save this search as a view…</source>
        <translation>Diese Suche als Ansicht speichern …</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>Save what is shown here</source>
        <translation>Speichern, was hier gezeigt wird</translation>
    </message>
    <message>
        <source>Save “{name}”</source>
        <translation>„{name}“ speichern</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Gespeichert als {file}.</translation>
    </message>
    <message>
        <source>Saved as {first} and {second}. A pytest for them is on the clipboard.</source>
        <translation>Gespeichert als {first} und {second}. Ein pytest dafür liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Scan it to get the DSN onto a device.</source>
        <translation>Scannen, um die DSN auf ein Gerät zu bringen.</translation>
    </message>
    <message>
        <source>Scrub before storing</source>
        <translation>Vor dem Speichern bereinigen</translation>
    </message>
    <message>
        <source>Scrub what leaves</source>
        <translation>Bereinigen, was hinausgeht</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Search all issues</source>
        <translation>Alle Issues durchsuchen</translation>
    </message>
    <message>
        <source>Search attributes</source>
        <translation>Attribute durchsuchen</translation>
    </message>
    <message>
        <source>Search by words or keys</source>
        <translation>Nach Wörtern oder Tasten suchen</translation>
    </message>
    <message>
        <source>Search issues</source>
        <translation>Issues durchsuchen</translation>
    </message>
    <message>
        <source>Search issues for “{text}”</source>
        <translation>Issues nach „{text}“ durchsuchen</translation>
    </message>
    <message>
        <source>Search issues: type, message, tag:value, release:…</source>
        <translation>Issues durchsuchen: Typ, Meldung, tag:wert, release:…</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel durchsuchen</translation>
    </message>
    <message>
        <source>Section before this one</source>
        <translation>Voriger Abschnitt</translation>
    </message>
    <message>
        <source>Section one has not been in for longest</source>
        <translation>Abschnitt, in dem man am längsten nicht war</translation>
    </message>
    <message>
        <source>Sections, the latest first</source>
        <translation>Abschnitte, der letzte zuerst</translation>
    </message>
    <message>
        <source>Security report</source>
        <translation>Sicherheitsbericht</translation>
    </message>
    <message>
        <source>Security reports</source>
        <translation>Sicherheitsberichte</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmente</translation>
    </message>
    <message>
        <source>Select a row to see its times, attributes and errors.</source>
        <translation>Eine Zeile auswählen, um ihre Zeiten, Attribute und Fehler zu sehen.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select the time in view</source>
        <translation>Sichtbaren Zeitraum auswählen</translation>
    </message>
    <message>
        <source>Self time</source>
        <translation>Eigenzeit</translation>
    </message>
    <message>
        <source>Send a test event</source>
        <translation>Testereignis senden</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Absender</translation>
    </message>
    <message>
        <source>Senders</source>
        <translation>Absender</translation>
    </message>
    <message numerus="yes">
        <source>Sending %n file(s)…</source>
        <translation>
            <numerusform>%n Datei wird gesendet …</numerusform>
            <numerusform>%n Dateien werden gesendet …</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Sent. It is being stored…</source>
        <translation>Gesendet. Es wird gespeichert …</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Service {name}</source>
        <translation>Dienst {name}</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>Sessions, counted</source>
        <translation>Sessions, gezählt</translation>
    </message>
    <message>
        <source>Set NSAllowsLocalNetworking under NSAppTransportSecurity in Info.plist, since this is plain http.</source>
        <translation>NSAllowsLocalNetworking unter NSAppTransportSecurity in Info.plist setzen, da dies einfaches http ist.</translation>
    </message>
    <message>
        <source>Set android:usesCleartextTraffic=&quot;true&quot; in the debug manifest, since this is plain http.</source>
        <translation>android:usesCleartextTraffic=&quot;true&quot; im Debug-Manifest setzen, da dies einfaches http ist.</translation>
    </message>
    <message>
        <source>Set range</source>
        <translation>Zeitraum festlegen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings: {page}</source>
        <translation>Einstellungen: {page}</translation>
    </message>
    <message>
        <source>Short code</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Short code of the project</source>
        <translation>Kürzel des Projekts</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Shortcuts (*.json)</source>
        <translation>Tastenkürzel (*.json)</translation>
    </message>
    <message>
        <source>Shortcuts here</source>
        <translation>Tastenkürzel hier</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show %n new issue(s)</source>
        <translation>
            <numerusform>%n neues Issue zeigen</numerusform>
            <numerusform>%n neue Issues zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show activity and notes</source>
        <translation>Verlauf und Notizen zeigen</translation>
    </message>
    <message>
        <source>Show all events</source>
        <translation>Alle Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Show all frames</source>
        <translation>Alle Frames zeigen</translation>
    </message>
    <message>
        <source>Show all issues</source>
        <translation>Alle Issues zeigen</translation>
    </message>
    <message>
        <source>Show all projects, runs and times</source>
        <translation>Alle Projekte, Läufe und Zeiten zeigen</translation>
    </message>
    <message>
        <source>Show all requests</source>
        <translation>Alle Anfragen zeigen</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Alle {count} zeigen</translation>
    </message>
    <message>
        <source>Show as a column of all events</source>
        <translation>Als Spalte aller Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Show attachments</source>
        <translation>Anhänge zeigen</translation>
    </message>
    <message>
        <source>Show breadcrumbs</source>
        <translation>Breadcrumbs zeigen</translation>
    </message>
    <message>
        <source>Show bytes</source>
        <translation>Bytes zeigen</translation>
    </message>
    <message>
        <source>Show contexts</source>
        <translation>Kontexte zeigen</translation>
    </message>
    <message>
        <source>Show difference</source>
        <translation>Unterschied zeigen</translation>
    </message>
    <message>
        <source>Show difference with the file</source>
        <translation>Unterschied zur Datei zeigen</translation>
    </message>
    <message>
        <source>Show durations and samples</source>
        <translation>Dauern und Stichproben zeigen</translation>
    </message>
    <message>
        <source>Show everything else</source>
        <translation>Alles andere zeigen</translation>
    </message>
    <message>
        <source>Show gaps</source>
        <translation>Lücken zeigen</translation>
    </message>
    <message>
        <source>Show hidden views again</source>
        <translation>Verborgene Ansichten wieder zeigen</translation>
    </message>
    <message>
        <source>Show in Ingest</source>
        <translation>Im Eingang zeigen</translation>
    </message>
    <message>
        <source>Show items</source>
        <translation>Einträge zeigen</translation>
    </message>
    <message>
        <source>Show its requests</source>
        <translation>Seine Anfragen zeigen</translation>
    </message>
    <message>
        <source>Show its traces</source>
        <translation>Traces davon zeigen</translation>
    </message>
    <message>
        <source>Show newer issues</source>
        <translation>Neuere Issues zeigen</translation>
    </message>
    <message>
        <source>Show one event</source>
        <translation>Ein Ereignis zeigen</translation>
    </message>
    <message>
        <source>Show only what was found</source>
        <translation>Nur Gefundenes zeigen</translation>
    </message>
    <message>
        <source>Show packages</source>
        <translation>Pakete zeigen</translation>
    </message>
    <message>
        <source>Show raw</source>
        <translation>Rohdaten zeigen</translation>
    </message>
    <message>
        <source>Show refused requests</source>
        <translation>Abgelehnte Anfragen zeigen</translation>
    </message>
    <message>
        <source>Show request</source>
        <translation>Anfrage zeigen</translation>
    </message>
    <message>
        <source>Show senders</source>
        <translation>Absender zeigen</translation>
    </message>
    <message>
        <source>Show stack trace</source>
        <translation>Stacktrace zeigen</translation>
    </message>
    <message>
        <source>Show tags</source>
        <translation>Tags zeigen</translation>
    </message>
    <message>
        <source>Show tags of all events</source>
        <translation>Tags aller Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Show the request</source>
        <translation>Die Anfrage zeigen</translation>
    </message>
    <message>
        <source>Show the span as</source>
        <translation>Span zeigen als</translation>
    </message>
    <message>
        <source>Show the trace as</source>
        <translation>Trace zeigen als</translation>
    </message>
    <message>
        <source>Show the whole trace</source>
        <translation>Ganzen Trace zeigen</translation>
    </message>
    <message>
        <source>Show the workspace in the file manager</source>
        <translation>Arbeitsbereich im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Show them (Home)</source>
        <translation>Zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Show trace</source>
        <translation>Trace zeigen</translation>
    </message>
    <message>
        <source>Show traces</source>
        <translation>Traces zeigen</translation>
    </message>
    <message>
        <source>Show unresolved issues</source>
        <translation>Offene Issues zeigen</translation>
    </message>
    <message>
        <source>Show variables</source>
        <translation>Variablen zeigen</translation>
    </message>
    <message>
        <source>Show what always differs</source>
        <translation>Zeigen, was sich immer unterscheidet</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>Neues zeigen</translation>
    </message>
    <message>
        <source>Show what is the same</source>
        <translation>Zeigen, was gleich ist</translation>
    </message>
    <message>
        <source>Show what the colours mean</source>
        <translation>Bedeutung der Farben zeigen</translation>
    </message>
    <message>
        <source>Show whole file</source>
        <translation>Ganze Datei zeigen</translation>
    </message>
    <message>
        <source>Show why it is grouped</source>
        <translation>Zeigen, warum es so gruppiert ist</translation>
    </message>
    <message>
        <source>Show {count} more of {left}</source>
        <translation>{count} von {left} weiteren zeigen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>Seit Beginn</translation>
    </message>
    <message>
        <source>Since the event before</source>
        <translation>Seit dem Ereignis davor</translation>
    </message>
    <message>
        <source>Single-letter keys</source>
        <translation>Einzelbuchstaben als Tasten</translation>
    </message>
    <message>
        <source>Single-letter keys are switched off.</source>
        <translation>Einzelne Buchstabentasten sind ausgeschaltet.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Sort by: {order}</source>
        <translation>Sortieren nach: {order}</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Source folder</source>
        <translation>Quelltextordner</translation>
    </message>
    <message>
        <source>Source folder of {project}</source>
        <translation>Quelltextordner von {project}</translation>
    </message>
    <message>
        <source>Source line</source>
        <translation>Quelltextzeile</translation>
    </message>
    <message>
        <source>Source of {function}</source>
        <translation>Quelltext von {function}</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>Span details</source>
        <translation>Span-Details</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>Spans</translation>
    </message>
    <message>
        <source>Spans as a table</source>
        <translation>Spans als Tabelle</translation>
    </message>
    <message>
        <source>Spans of the trace</source>
        <translation>Spans des Traces</translation>
    </message>
    <message>
        <source>Spans of these services began before those that called them, so their clocks differ:</source>
        <translation>Spans dieser Dienste begannen vor denen, die sie aufriefen; ihre Uhren gehen also verschieden:</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Abspalten</translation>
    </message>
    <message>
        <source>Split by {matchers}</source>
        <translation>Aufgeteilt nach {matchers}</translation>
    </message>
    <message>
        <source>Split into…</source>
        <translation>Abspalten in …</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Abspalten</translation>
    </message>
    <message>
        <source>Split the issue…</source>
        <translation>Issue aufteilen …</translation>
    </message>
    <message>
        <source>Split {issue}</source>
        <translation>Aufteilung von {issue}</translation>
    </message>
    <message>
        <source>Spool</source>
        <translation>Spool</translation>
    </message>
    <message>
        <source>Spotlight tools</source>
        <translation>Spotlight-Werkzeuge</translation>
    </message>
    <message>
        <source>Stack trace</source>
        <translation>Stacktrace</translation>
    </message>
    <message>
        <source>Stack trace as text</source>
        <translation>Stacktrace als Text</translation>
    </message>
    <message>
        <source>Stack trace of {title}</source>
        <translation>Stacktrace von {title}</translation>
    </message>
    <message>
        <source>Stack trace rules, one a line</source>
        <translation>Stacktrace-Regeln, je Zeile eine</translation>
    </message>
    <message>
        <source>Stack traces</source>
        <translation>Stacktraces</translation>
    </message>
    <message>
        <source>Stack traces, source, values and JSON. Ligatures are off.</source>
        <translation>Stacktraces, Quelltext, Werte und JSON. Ligaturen sind aus.</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Star or unstar</source>
        <translation>Stern setzen oder entfernen</translation>
    </message>
    <message>
        <source>Star or unstar {issues}</source>
        <translation>Stern für {issues} setzen oder entfernen</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message numerus="yes">
        <source>Starred %n issue(s)</source>
        <translation>
            <numerusform>%n Issue mit Stern versehen</numerusform>
            <numerusform>%n Issues mit Stern versehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Starred {issue}</source>
        <translation>{issue} mit Stern versehen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Start the container with --add-host=host.docker.internal:host-gateway</source>
        <translation>Den Container mit --add-host=host.docker.internal:host-gateway starten</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <source>Starts at {start}</source>
        <translation>Beginnt bei {start}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Station: {state}, {address}, {apps}, {rate} events a minute</source>
        <translation>Station: {state}, {address}, {apps}, {rate} Ereignisse pro Minute</translation>
    </message>
    <message>
        <source>Stations nearby</source>
        <translation>Stationen in der Nähe</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Status {status}</source>
        <translation>Status {status}</translation>
    </message>
    <message>
        <source>Stays the same when addresses change. Needs a device that looks up .local names.</source>
        <translation>Bleibt gleich, wenn sich Adressen ändern. Nötig ist ein Gerät, das .local-Namen auflöst.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Storage &amp; retention</source>
        <translation>Speicher &amp; Aufbewahrung</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Structured variables of {function}</source>
        <translation>Strukturierte Variablen von {function}</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Sum up by</source>
        <translation>Zusammenfassen nach</translation>
    </message>
    <message>
        <source>Swap</source>
        <comment>the two sides</comment>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Tags of all events</source>
        <translation>Tags aller Ereignisse</translation>
    </message>
    <message>
        <source>Tags of this event</source>
        <translation>Tags dieses Ereignisses</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take events from the local network</source>
        <translation>Ereignisse aus dem lokalen Netz annehmen</translation>
    </message>
    <message>
        <source>Take {keys} away</source>
        <translation>{keys} wegnehmen</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
        <source>Taking it back…</source>
        <translation>Wird zurückgenommen …</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>bytes shown as text</comment>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text of the attachment</source>
        <translation>Text des Anhangs</translation>
    </message>
    <message>
        <source>That is all of them: there would be nothing left to split from.</source>
        <translation>Das sind alle: Es bliebe nichts übrig, wovon sich etwas abspalten ließe.</translation>
    </message>
    <message>
        <source>That request is not kept any more.</source>
        <translation>Diese Anfrage wird nicht mehr aufbewahrt.</translation>
    </message>
    <message numerus="yes">
        <source>The SDK cut or scrubbed %n value(s).</source>
        <translation>
            <numerusform>Das SDK hat %n Wert gekürzt oder unkenntlich gemacht.</numerusform>
            <numerusform>Das SDK hat %n Werte gekürzt oder unkenntlich gemacht.</numerusform>
        </translation>
    </message>
    <message>
        <source>The SDK did not tell which packages the program was made of.</source>
        <translation>Das SDK hat nicht mitgeteilt, aus welchen Paketen das Programm bestand.</translation>
    </message>
    <message>
        <source>The SDK itself failed. Its own debug output says where.</source>
        <translation>Das SDK selbst ist gescheitert. Seine eigene Debug-Ausgabe sagt, wo.</translation>
    </message>
    <message>
        <source>The SDK left out exceptions {first} to {last}.</source>
        <translation>Das SDK hat die Exceptions {first} bis {last} ausgelassen.</translation>
    </message>
    <message>
        <source>The SDK sent a checksum, which decides.</source>
        <translation>Das SDK hat eine Prüfsumme gesendet, und die entscheidet.</translation>
    </message>
    <message>
        <source>The SDK sent none with this event.</source>
        <translation>Das SDK hat mit diesem Ereignis keine gesendet.</translation>
    </message>
    <message>
        <source>The Sentry system on one desk: errors and traces, offline. Apache License 2.0.</source>
        <translation>Das Sentry-System auf einem Schreibtisch: Fehler und Traces, offline. Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>The app must allow cleartext traffic in its debug build.</source>
        <translation>Die App muss in ihrem Debug-Build unverschlüsselten Verkehr (cleartext) erlauben.</translation>
    </message>
    <message>
        <source>The bytes of this event cannot be read.</source>
        <translation>Die Bytes dieses Ereignisses lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>Der Befehl liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The command is on the clipboard. Save the envelope as {file} beside it.</source>
        <translation>Der Befehl liegt in der Zwischenablage. Den Envelope daneben als {file} speichern.</translation>
    </message>
    <message>
        <source>The demo could not be started.</source>
        <translation>Die Demo ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>The disk is almost full, so nothing more is taken.</source>
        <translation>Die Platte ist fast voll, deshalb wird nichts mehr angenommen.</translation>
    </message>
    <message>
        <source>The editor was started.</source>
        <translation>Der Editor wurde gestartet.</translation>
    </message>
    <message>
        <source>The end lies before the beginning.</source>
        <translation>Das Ende liegt vor dem Anfang.</translation>
    </message>
    <message>
        <source>The event cannot be explained</source>
        <translation>Das Ereignis lässt sich nicht erklären</translation>
    </message>
    <message>
        <source>The event carries neither source nor variables of this frame.</source>
        <translation>Das Ereignis enthält weder Quelltext noch Variablen dieses Frames.</translation>
    </message>
    <message>
        <source>The event carries no source; these lines are from the file as it is now.</source>
        <translation>Das Ereignis enthält keinen Quelltext; diese Zeilen stammen aus der Datei, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>The event has nothing to group by: all such events are one issue.</source>
        <translation>Das Ereignis hat nichts, wonach sich gruppieren ließe: Alle solchen Ereignisse sind ein Issue.</translation>
    </message>
    <message>
        <source>The event {id} is no longer kept; this is another of its issue.</source>
        <translation>Das Ereignis {id} ist nicht mehr gespeichert; dies ist ein anderes seines Issues.</translation>
    </message>
    <message>
        <source>The event&apos;s content</source>
        <translation>Inhalt des Ereignisses</translation>
    </message>
    <message>
        <source>The events are too long; their beginnings are compared.</source>
        <translation>Die Ereignisse sind zu lang; ihre Anfänge werden verglichen.</translation>
    </message>
    <message>
        <source>The events could not be compared</source>
        <translation>Die Ereignisse ließen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>The events could not be read</source>
        <translation>Die Ereignisse ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>The export failed: {why}</source>
        <translation>Der Export ist fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>The export was stopped; nothing was written.</source>
        <translation>Der Export wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The file cannot be read, or is too large.</source>
        <translation>Die Datei lässt sich nicht lesen oder ist zu groß.</translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation>Die Datei ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Die Datei ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The file has been edited since.</source>
        <translation>Die Datei wurde seitdem bearbeitet.</translation>
    </message>
    <message>
        <source>The file is as it was at {revision}.</source>
        <translation>Die Datei ist wie bei {revision}.</translation>
    </message>
    <message>
        <source>The file is not on this disk. Settings › Projects can say where its folder is.</source>
        <translation>Die Datei ist nicht auf diesem Datenträger. Unter Einstellungen › Projekte lässt sich ihr Ordner angeben.</translation>
    </message>
    <message>
        <source>The file is not there any more: {path}</source>
        <translation>Die Datei ist nicht mehr da: {path}</translation>
    </message>
    <message>
        <source>The file was not found. {why}</source>
        <translation>Die Datei wurde nicht gefunden. {why}</translation>
    </message>
    <message>
        <source>The fingerprint decides, whatever the event says.</source>
        <translation>Der Fingerabdruck entscheidet, was auch immer das Ereignis sagt.</translation>
    </message>
    <message>
        <source>The first one found</source>
        <translation>Der erste gefundene</translation>
    </message>
    <message>
        <source>The first one found: {editor}</source>
        <translation>Der erste gefundene: {editor}</translation>
    </message>
    <message>
        <source>The first {shown} of {total} spans; all of them are copied</source>
        <translation>Die ersten {shown} von {total} Spans; kopiert werden alle</translation>
    </message>
    <message>
        <source>The frame names no file.</source>
        <translation>Der Frame nennt keine Datei.</translation>
    </message>
    <message>
        <source>The guard sends what is left when it is dropped, so keep it until main ends.</source>
        <translation>Der Guard sendet beim Freigeben, was noch übrig ist; daher bis zum Ende von main behalten.</translation>
    </message>
    <message>
        <source>The hashes could not be read</source>
        <translation>Die Hashes ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>The issue could not be read</source>
        <translation>Das Issue ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>The key {key} is switched off.</source>
        <translation>Der Schlüssel {key} ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>The key {key} was not known here. {after}</source>
        <translation>Der Schlüssel {key} war hier nicht bekannt. {after}</translation>
    </message>
    <message>
        <source>The keys in the file are in use.</source>
        <translation>Die Tasten aus der Datei gelten.</translation>
    </message>
    <message>
        <source>The last {duration}</source>
        <translation>Letzte {duration}</translation>
    </message>
    <message>
        <source>The line in the file is no longer what the event saw.</source>
        <translation>Die Zeile in der Datei ist nicht mehr die, die das Ereignis sah.</translation>
    </message>
    <message>
        <source>The line in the file is still what the event saw.</source>
        <translation>Die Zeile in der Datei ist noch die, die das Ereignis sah.</translation>
    </message>
    <message>
        <source>The line stands elsewhere in the file now: at {line}.</source>
        <translation>Die Zeile steht jetzt an anderer Stelle in der Datei: bei {line}.</translation>
    </message>
    <message>
        <source>The local network is listened to on those that are ticked; none ticked: on all.</source>
        <translation>Aus dem lokalen Netz wird auf den ausgewählten Schnittstellen empfangen; ist keine ausgewählt, auf allen.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n event(s) were looked at.</source>
        <translation>
            <numerusform>Das neueste %n Ereignis wurde betrachtet.</numerusform>
            <numerusform>Die neuesten %n Ereignisse wurden betrachtet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n item(s)</source>
        <translation>
            <numerusform>Der neueste %n Eintrag</numerusform>
            <numerusform>Die neuesten %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>The note as text or as it will read</source>
        <translation>Die Notiz als Text oder wie sie aussehen wird</translation>
    </message>
    <message>
        <source>The payload does not name this span.</source>
        <translation>Die Nutzdaten nennen diesen Span nicht.</translation>
    </message>
    <message>
        <source>The program of the editor command was not found: {program}. See Settings › Editor.</source>
        <translation>Das Programm des Editor-Befehls wurde nicht gefunden: {program}. Siehe Einstellungen › Editor.</translation>
    </message>
    <message>
        <source>The project has no events with files of its own yet, so nothing could be looked for.</source>
        <translation>Das Projekt hat noch keine Ereignisse mit eigenen Dateien, deshalb ließ sich nichts suchen.</translation>
    </message>
    <message>
        <source>The request is on the clipboard.</source>
        <translation>Die Anfrage liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The root is missing: the span that started this trace never arrived.</source>
        <translation>Die Wurzel fehlt: Der Span, der diesen Trace begann, ist nie eingetroffen.</translation>
    </message>
    <message>
        <source>The rules of the project, under Settings › Grouping</source>
        <translation>Die Regeln des Projekts, unter Einstellungen › Gruppierung</translation>
    </message>
    <message>
        <source>The search or the chosen time leaves out every event of this issue.</source>
        <translation>Die Suche oder der gewählte Zeitraum lässt jedes Ereignis dieses Issues aus.</translation>
    </message>
    <message>
        <source>The search was stopped. These are the rows from before.</source>
        <translation>Die Suche wurde abgebrochen. Dies sind die Zeilen von vorher.</translation>
    </message>
    <message>
        <source>The sender&apos;s clock against this one&apos;s</source>
        <translation>Die Uhr des Absenders gegen die hiesige</translation>
    </message>
    <message>
        <source>The senders could not be read</source>
        <translation>Die Absender ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>The span as it came</source>
        <translation>Der Span, wie er eintraf</translation>
    </message>
    <message>
        <source>The span this happened in never arrived, so it stands by its time.</source>
        <translation>Der Span, in dem dies geschah, ist nie eingetroffen; daher steht es nach seiner Zeit.</translation>
    </message>
    <message>
        <source>The station answered {status}</source>
        <translation>Die Station antwortete {status}</translation>
    </message>
    <message>
        <source>The station at {address} does not answer.</source>
        <translation>Die Station auf {address} antwortet nicht.</translation>
    </message>
    <message>
        <source>The station on {address} is not running yet</source>
        <translation>Die Station auf {address} läuft noch nicht</translation>
    </message>
    <message>
        <source>The system&apos;s own sound, with each message.</source>
        <translation>Der Ton des Systems, bei jeder Meldung.</translation>
    </message>
    <message>
        <source>The test event is stored: {title}</source>
        <translation>Das Testereignis ist gespeichert: {title}</translation>
    </message>
    <message>
        <source>The time in this link ends before it begins.</source>
        <translation>Der Zeitraum in diesem Link endet, bevor er beginnt.</translation>
    </message>
    <message>
        <source>The trace as JSON</source>
        <translation>Der Trace als JSON</translation>
    </message>
    <message>
        <source>Then the DSN for this computer works on the device.</source>
        <translation>Dann funktioniert die DSN für diesen Computer auf dem Gerät.</translation>
    </message>
    <message>
        <source>Then the DSN for this computer works on the device. adb was not found on this machine.</source>
        <translation>Dann funktioniert die DSN für diesen Computer auf dem Gerät. adb wurde auf diesem Rechner nicht gefunden.</translation>
    </message>
    <message>
        <source>There are issues in other projects, runs or times.</source>
        <translation>Es gibt Issues in anderen Projekten, Läufen oder Zeiten.</translation>
    </message>
    <message>
        <source>There are traces outside of this scope.</source>
        <translation>Außerhalb dieses Bereichs gibt es Traces.</translation>
    </message>
    <message>
        <source>There is a new token; the old one opens nothing any more.</source>
        <translation>Es gibt ein neues Token; das alte öffnet nichts mehr.</translation>
    </message>
    <message>
        <source>There is no event {id} in this workspace.</source>
        <translation>In diesem Arbeitsbereich gibt es kein Ereignis {id}.</translation>
    </message>
    <message>
        <source>There is no issue {id} in this workspace.</source>
        <translation>In diesem Arbeitsbereich gibt es kein Issue {id}.</translation>
    </message>
    <message>
        <source>There is no project “{slug}”.</source>
        <translation>Es gibt kein Projekt „{slug}“.</translation>
    </message>
    <message>
        <source>There is no section “{section}” here.</source>
        <translation>Hier gibt es keinen Abschnitt „{section}“.</translation>
    </message>
    <message>
        <source>There is no trace {id} in this workspace.</source>
        <translation>In diesem Arbeitsbereich gibt es keinen Trace {id}.</translation>
    </message>
    <message>
        <source>They appear as soon as an app with tracing on sends one (traces_sample_rate=1.0).</source>
        <translation>Sie erscheinen, sobald eine App mit Tracing einen sendet (traces_sample_rate=1.0).</translation>
    </message>
    <message>
        <source>They are replaced in what comes in from now on, before it is stored. The bytes as they came are then not kept.</source>
        <translation>Sie werden in dem ersetzt, was ab jetzt eintrifft, bevor es gespeichert wird. Die Bytes, wie sie kamen, bleiben dann nicht erhalten.</translation>
    </message>
    <message>
        <source>They were larger than the SDK sends.</source>
        <translation>Sie waren größer, als das SDK sendet.</translation>
    </message>
    <message>
        <source>They were refused here; see the tab Refused.</source>
        <translation>Sie wurden hier abgelehnt; siehe den Reiter „Abgelehnt“.</translation>
    </message>
    <message>
        <source>They were too short to be of use.</source>
        <translation>Sie waren zu kurz, um zu nützen.</translation>
    </message>
    <message>
        <source>This cannot be shown</source>
        <translation>Das lässt sich nicht zeigen</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>This computer (loopback), always on</source>
        <translation>Dieser Rechner (Loopback), immer an</translation>
    </message>
    <message>
        <source>This copy of Vedette came without its documentation.</source>
        <translation>Diese Ausgabe von Vedette kam ohne ihre Dokumentation.</translation>
    </message>
    <message>
        <source>This editor was not found here. Choose another one, or give its command.</source>
        <translation>Dieser Editor wurde hier nicht gefunden. Einen anderen wählen oder seinen Befehl angeben.</translation>
    </message>
    <message>
        <source>This event</source>
        <translation>Dieses Ereignis</translation>
    </message>
    <message>
        <source>This event came without an exception or a stack.</source>
        <translation>Dieses Ereignis kam ohne Ausnahme und ohne Stack.</translation>
    </message>
    <message>
        <source>This event did not happen while one was served or sent.</source>
        <translation>Bei diesem Ereignis wurde keine Anfrage bedient oder gesendet.</translation>
    </message>
    <message>
        <source>This event: {title}</source>
        <translation>Dieses Ereignis: {title}</translation>
    </message>
    <message>
        <source>This file holds no shortcuts of Vedette.</source>
        <translation>Diese Datei enthält keine Tastenkürzel von Vedette.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Diese Datei ist leer.</translation>
    </message>
    <message>
        <source>This in a window of its own</source>
        <translation>Dies in einem eigenen Fenster</translation>
    </message>
    <message>
        <source>This is no link to Vedette. One looks like vedette://desk/issues/DESK-12.</source>
        <translation>Das ist kein Link zu Vedette. Einer sieht aus wie vedette://desk/issues/DESK-12.</translation>
    </message>
    <message>
        <source>This issue has no such event.</source>
        <translation>Dieses Issue hat kein solches Ereignis.</translation>
    </message>
    <message>
        <source>This issue is gone</source>
        <translation>Dieses Issue ist nicht mehr da</translation>
    </message>
    <message>
        <source>This link does not say which section it leads to.</source>
        <translation>Dieser Link sagt nicht, zu welchem Abschnitt er führt.</translation>
    </message>
    <message>
        <source>This link has characters that no link has.</source>
        <translation>Dieser Link enthält Zeichen, die kein Link hat.</translation>
    </message>
    <message>
        <source>This link has more parts than a link may have.</source>
        <translation>Dieser Link hat mehr Teile, als ein Link haben darf.</translation>
    </message>
    <message>
        <source>This link is longer than a link may be.</source>
        <translation>Dieser Link ist länger, als ein Link sein darf.</translation>
    </message>
    <message>
        <source>This link leads into the workspace “{wanted}”, and this window shows “{own}”.</source>
        <translation>Dieser Link führt in den Arbeitsbereich „{wanted}“, und dieses Fenster zeigt „{own}“.</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>This machine has no network at the moment, or no station is running.</source>
        <translation>Dieser Rechner hat zurzeit kein Netz, oder es läuft keine Station.</translation>
    </message>
    <message>
        <source>This service&apos;s clock differs from its callers&apos;; the times shown are moved by as much.</source>
        <translation>Die Uhr dieses Dienstes weicht von denen seiner Aufrufer ab; die gezeigten Zeiten sind um so viel verschoben.</translation>
    </message>
    <message>
        <source>This trace is not in the workspace: retention removed it, or it never arrived.</source>
        <translation>Dieser Trace ist nicht im Arbeitsbereich: Er wurde nach Ablauf entfernt oder kam nie an.</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>Thread</translation>
    </message>
    <message>
        <source>Thread pool</source>
        <translation>Thread-Pool</translation>
    </message>
    <message>
        <source>Thread {id}</source>
        <translation>Thread {id}</translation>
    </message>
    <message>
        <source>Tick the WSL interface under Network first.</source>
        <translation>Zuerst unter Netz die WSL-Schnittstelle wählen.</translation>
    </message>
    <message>
        <source>Tick the containers&apos; interface under Network first.</source>
        <translation>Zuerst unter Netz die Schnittstelle der Container wählen.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time in the selected range</source>
        <translation>Zeit im gewählten Bereich</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Time ruler</source>
        <translation>Zeitlineal</translation>
    </message>
    <message>
        <source>Time within which it has to befall the users</source>
        <translation>Zeit, in der es die Benutzer treffen muss</translation>
    </message>
    <message>
        <source>Time within which the events have to happen</source>
        <translation>Zeit, in der die Ereignisse geschehen müssen</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Too large to show here; Save writes all of it.</source>
        <translation>Zu groß, um hier gezeigt zu werden; Speichern schreibt alles.</translation>
    </message>
    <message numerus="yes">
        <source>Took %n hash(es) out of {issue}</source>
        <translation>
            <numerusform>%n Hash aus {issue} herausgenommen</numerusform>
            <numerusform>%n Hashes aus {issue} herausgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took {name} off %n issue(s)</source>
        <translation>
            <numerusform>{name} von %n Issue entfernt</numerusform>
            <numerusform>{name} von %n Issues entfernt</numerusform>
        </translation>
    </message>
    <message>
        <source>Total time</source>
        <translation>Gesamtzeit</translation>
    </message>
    <message>
        <source>Touch</source>
        <translation>Berührung</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Trace as JSON</source>
        <translation>Trace als JSON</translation>
    </message>
    <message>
        <source>Trace not found</source>
        <translation>Trace nicht gefunden</translation>
    </message>
    <message>
        <source>Trace without a root</source>
        <translation>Trace ohne Wurzel</translation>
    </message>
    <message>
        <source>Trace {id}</source>
        <translation>Trace {id}</translation>
    </message>
    <message>
        <source>Trace {trace}, span {span}</source>
        <translation>Trace {trace}, Span {span}</translation>
    </message>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>Traces sampled at</source>
        <translation>Traces als Stichprobe von</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>Transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>Transactions like /healthz, /ready, /ping.</source>
        <translation>Transaktionen wie /healthz, /ready, /ping.</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Tree</source>
        <comment>form of a raw event</comment>
        <translation>Baum</translation>
    </message>
    <message>
        <source>Tree or bytes</source>
        <translation>Baum oder Bytes</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Trend of {time}</source>
        <translation>Verlauf über {time}</translation>
    </message>
    <message>
        <source>Trend, rising first</source>
        <translation>Verlauf, steigende zuerst</translation>
    </message>
    <message>
        <source>Trimmed as Sentry does</source>
        <translation>Gekürzt wie bei Sentry</translation>
    </message>
    <message>
        <source>Trimmed ones are stored trimmed; the bytes as they came are then not kept.</source>
        <translation>Gekürzte werden gekürzt gespeichert; die Bytes, wie sie kamen, bleiben dann nicht erhalten.</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Try the editor</source>
        <translation>Editor ausprobieren</translation>
    </message>
    <message>
        <source>Turn the order of frames</source>
        <translation>Reihenfolge der Frames umkehren</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Type ? for what else can be looked for</source>
        <translation>? eingeben, um zu sehen, wonach sich noch suchen lässt</translation>
    </message>
    <message>
        <source>UDP port 5353: answers who asks the local network for stations</source>
        <translation>UDP-Port 5353: antwortet, wenn im lokalen Netz nach Stationen gefragt wird</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the change of limits</source>
        <translation>Änderung der Grenzen rückgängig machen</translation>
    </message>
    <message>
        <source>Undo the correction of clocks</source>
        <translation>Korrektur der Uhren rückgängig machen</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>Alles aufklappen</translation>
    </message>
    <message>
        <source>Unfold all groups</source>
        <translation>Alle Gruppen aufklappen</translation>
    </message>
    <message>
        <source>Unfold everything</source>
        <translation>Alles aufklappen</translation>
    </message>
    <message>
        <source>Unfold everything below</source>
        <translation>Alles darunter aufklappen</translation>
    </message>
    <message>
        <source>Unfold one level</source>
        <translation>Eine Ebene aufklappen</translation>
    </message>
    <message>
        <source>Unfold this row and its siblings, again: all below</source>
        <translation>Diese Zeile und ihre Geschwister aufklappen, noch einmal: alles darunter</translation>
    </message>
    <message>
        <source>Unfold, or go to the first child</source>
        <translation>Aufklappen oder zum ersten Kind gehen</translation>
    </message>
    <message>
        <source>Unmerge</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Unreal crash</source>
        <translation>Unreal-Absturz</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Unseen errors: {count}</source>
        <translation>Ungesehene Fehler: {count}</translation>
    </message>
    <message numerus="yes">
        <source>Unstarred %n issue(s)</source>
        <translation>
            <numerusform>Stern von %n Issue entfernt</numerusform>
            <numerusform>Stern von %n Issues entfernt</numerusform>
        </translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Until it befell</source>
        <translation>Bis es</translation>
    </message>
    <message>
        <source>Until it happened</source>
        <translation>Bis es geschah</translation>
    </message>
    <message>
        <source>Until it happens in a newer release</source>
        <translation>Bis es in einem neueren Release vorkommt</translation>
    </message>
    <message>
        <source>Until it happens in the next run</source>
        <translation>Bis es im nächsten Lauf vorkommt</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>Bis morgen</translation>
    </message>
    <message>
        <source>Use for new events</source>
        <translation>Für neue Ereignisse benutzen</translation>
    </message>
    <message>
        <source>Use port {port} for OpenTelemetry</source>
        <translation>Port {port} für OpenTelemetry benutzen</translation>
    </message>
    <message>
        <source>Use words, outcome:refused, from:127.0.0.1, item:event, path:, reason: or project:</source>
        <translation>Wörter benutzen, outcome:refused, from:127.0.0.1, item:event, path:, reason: oder project:</translation>
    </message>
    <message>
        <source>Use {port}</source>
        <translation>{port} benutzen</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>User report</source>
        <translation>Bericht eines Benutzers</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>Übliche Spalten</translation>
    </message>
    <message>
        <source>Usual rules</source>
        <translation>Übliche Regeln</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Textgröße</translation>
    </message>
    <message>
        <source>VPN</source>
        <translation>VPN</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value in A</source>
        <translation>Wert in A</translation>
    </message>
    <message>
        <source>Value in B</source>
        <translation>Wert in B</translation>
    </message>
    <message>
        <source>Values of keys like password, token or auth, session cookies, card numbers, IBANs, private keys, bearer tokens, passwords in addresses.</source>
        <translation>Werte von Schlüsseln wie password, token oder auth, Session-Cookies, Kartennummern, IBANs, private Schlüssel, Bearer-Tokens, Passwörter in Adressen.</translation>
    </message>
    <message>
        <source>Values of {key}</source>
        <translation>Werte von {key}</translation>
    </message>
    <message>
        <source>Values of {tag}</source>
        <translation>Werte von {tag}</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>Variables of {function}</source>
        <translation>Variablen von {function}</translation>
    </message>
    <message>
        <source>Vedette</source>
        <translation>Vedette</translation>
    </message>
    <message>
        <source>Vedette opened this file to try your editor.

If the cursor stands in line 3, before the word here, line and column arrive.
</source>
        <translation>Vedette hat diese Datei geöffnet, um den Editor auszuprobieren.

Steht der Cursor in Zeile 3 vor dem Wort hier, kommen Zeile und Spalte an.
</translation>
    </message>
    <message numerus="yes">
        <source>Vedette scrubbed or changed %n value(s).</source>
        <translation>
            <numerusform>Vedette hat %n Wert bereinigt oder geändert.</numerusform>
            <numerusform>Vedette hat %n Werte bereinigt oder geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Vedette sends nothing anywhere and asks nobody for updates. Links open in your browser only when you follow one.</source>
        <translation>Vedette sendet nirgendwohin etwas und fragt niemanden nach Updates. Links öffnen sich nur dann im Browser, wenn man ihnen folgt.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Versions, system, screen and sizes, for a bug report. Nothing of your data.</source>
        <translation>Versionen, System, Bildschirm und Größen, für einen Fehlerbericht. Keine eigenen Daten.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View</source>
        <comment>how things are shown</comment>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View {name}</source>
        <translation>Ansicht {name}</translation>
    </message>
    <message>
        <source>View: {name}</source>
        <translation>Ansicht: {name}</translation>
    </message>
    <message>
        <source>View: {name}, modified</source>
        <translation>Ansicht: {name}, geändert</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Views follow what arrives. Pause (Ctrl+Alt+Space)</source>
        <translation>Ansichten folgen dem, was ankommt. Pause (Strg+Alt+Leertaste)</translation>
    </message>
    <message>
        <source>Views stand still; events are still taken. Follow again (Ctrl+Alt+Space)</source>
        <translation>Ansichten stehen still; Ereignisse werden weiter angenommen. Wieder folgen (Strg+Alt+Leertaste)</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Waiting for the first event…</source>
        <translation>Warten auf das erste Ereignis …</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Waterfall</source>
        <translation>Wasserfall</translation>
    </message>
    <message>
        <source>Web crawlers</source>
        <translation>Webcrawler</translation>
    </message>
    <message>
        <source>What</source>
        <comment>column: what a breadcrumb says</comment>
        <translation>Was</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What SDKs are given to send here. A key that is off is refused.</source>
        <translation>Was SDKs bekommen, um hierher zu senden. Ein ausgeschalteter Schlüssel wird abgelehnt.</translation>
    </message>
    <message>
        <source>What an event must fit, then -&gt; and the fingerprint it gets. The first rule that fits counts, also against a fingerprint that the SDK sent.</source>
        <translation>Worauf ein Ereignis passen muss, dann -&gt; und der Fingerabdruck, den es bekommt. Die erste passende Regel gilt, auch gegen einen Fingerabdruck, den das SDK gesendet hat.</translation>
    </message>
    <message>
        <source>What can be done here</source>
        <translation>Was sich hier tun lässt</translation>
    </message>
    <message>
        <source>What comes in its request, names it or is on its trace is listed here.</source>
        <translation>Hier steht, was in seinem Request kam, es nennt oder zu seinem Trace gehört.</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>Was zählt</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>What happened to the issue</source>
        <translation>Was mit dem Issue geschah</translation>
    </message>
    <message>
        <source>What is shown of the issue</source>
        <translation>Was vom Issue gezeigt wird</translation>
    </message>
    <message>
        <source>What it dropped, and advice</source>
        <translation>Was es verwarf, und Rat</translation>
    </message>
    <message>
        <source>What others see it called; empty: this computer&apos;s name.</source>
        <translation>Wie andere sie genannt sehen; leer: der Name dieses Rechners.</translation>
    </message>
    <message>
        <source>What the SDK dropped</source>
        <translation>Vom SDK verworfen</translation>
    </message>
    <message>
        <source>What the minidump says</source>
        <translation>Was der Minidump sagt</translation>
    </message>
    <message>
        <source>What the store says of the event remains.</source>
        <translation>Was die Datenbank vom Ereignis weiß, bleibt.</translation>
    </message>
    <message>
        <source>What they filter makes no event. It is kept with its bytes and says why under Ingest.</source>
        <translation>Was sie filtern, wird kein Ereignis. Es bleibt mit seinen Bytes erhalten und sagt unter Eingang, warum.</translation>
    </message>
    <message>
        <source>What to connect</source>
        <translation>Was verbunden wird</translation>
    </message>
    <message>
        <source>What to list</source>
        <translation>Was aufgelistet wird</translation>
    </message>
    <message>
        <source>What to write</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>What was done to values</source>
        <translation>Was mit Werten geschah</translation>
    </message>
    <message>
        <source>What was taken and is not stored yet; it empties by itself.</source>
        <translation>Was angenommen und noch nicht gespeichert ist; es leert sich von selbst.</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where the desktop has no tray, Vedette quits.</source>
        <translation>Wo der Desktop keinen Infobereich hat, beendet sich Vedette.</translation>
    </message>
    <message>
        <source>Where the keyboard is in {where}, it is {other}.</source>
        <translation>Wo die Tastatur in {where} ist, ist es {other}.</translation>
    </message>
    <message>
        <source>Where the project&apos;s source lies on this disk: stack traces then show it and open it.</source>
        <translation>Wo der Quelltext des Projekts auf dieser Platte liegt: Stacktraces zeigen und öffnen ihn dann.</translation>
    </message>
    <message>
        <source>Where this project&apos;s source lies is not known. Choose its folder in Settings › Projects.</source>
        <translation>Es ist nicht bekannt, wo der Quelltext dieses Projekts liegt. Seinen Ordner unter Einstellungen › Projekte wählen.</translation>
    </message>
    <message>
        <source>Where your program runs</source>
        <translation>Wo das Programm läuft</translation>
    </message>
    <message>
        <source>Which frames</source>
        <translation>Welche Frames</translation>
    </message>
    <message>
        <source>Which frames count: +app and -app say what is the app&apos;s own code, +group and -group what is grouped by. They come after the built-in rules, and the last one that fits wins.</source>
        <translation>Welche Frames zählen: +app und -app sagen, was eigener Code der App ist, +group und -group, wonach gruppiert wird. Sie kommen nach den eingebauten Regeln, und die letzte passende gilt.</translation>
    </message>
    <message>
        <source>Which issues</source>
        <translation>Welche Issues</translation>
    </message>
    <message>
        <source>Which parts</source>
        <translation>Welche Teile</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>Welche Anfragen</translation>
    </message>
    <message>
        <source>While it listens to the local network, the station says by multicast DNS that it is there, so that phones and other desks find it.</source>
        <translation>Während sie im lokalen Netz bereit ist, sagt die Station per Multicast-DNS, dass es sie gibt, damit Telefone und andere Rechner sie finden.</translation>
    </message>
    <message>
        <source>Who can reach this station</source>
        <translation>Wer diese Station erreicht</translation>
    </message>
    <message>
        <source>Whoever has it can read all that is stored and change it, by the API. It lies in the workspace, readable only for you. With a new one, programs that have the old one are shut out; sending goes on, that needs only a project&apos;s key.</source>
        <translation>Wer es hat, kann über die API alles Gespeicherte lesen und ändern. Es liegt im Arbeitsbereich, nur für den eigenen Nutzer lesbar. Mit einem neuen sind Programme mit dem alten ausgesperrt; Senden geht weiter, dafür genügt der Schlüssel eines Projekts.</translation>
    </message>
    <message>
        <source>Whole body</source>
        <translation>Ganzer Body</translation>
    </message>
    <message>
        <source>Whole events as JSON lines…</source>
        <translation>Ganze Ereignisse als JSON-Zeilen …</translation>
    </message>
    <message>
        <source>Whose items</source>
        <translation>Wessen Einträge</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why grouped</source>
        <translation>Warum gruppiert</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation>WLAN</translation>
    </message>
    <message>
        <source>Wider names</source>
        <translation>Breitere Namen</translation>
    </message>
    <message>
        <source>Windows asks once whether Vedette may be reached: allow private networks. As administrator:</source>
        <translation>Windows fragt einmal, ob Vedette erreichbar sein darf: private Netze erlauben. Als Administrator:</translation>
    </message>
    <message>
        <source>Windows passes localhost on to WSL.</source>
        <translation>Windows reicht localhost an WSL weiter.</translation>
    </message>
    <message>
        <source>Windows, from WSL</source>
        <translation>Windows, aus WSL</translation>
    </message>
    <message>
        <source>With less room on the disk than this nothing more is taken, and senders are told so.</source>
        <translation>Mit weniger Platz auf der Platte wird nichts mehr angenommen, und die Absender erfahren es.</translation>
    </message>
    <message>
        <source>With mirrored networking in .wslconfig.</source>
        <translation>Mit gespiegeltem Netz in .wslconfig.</translation>
    </message>
    <message>
        <source>With mirrored networking, the line for this computer works too.</source>
        <translation>Mit gespiegeltem Netz geht auch die Zeile für diesen Rechner.</translation>
    </message>
    <message>
        <source>Without the project&apos;s rules for what leaves</source>
        <translation>Ohne die Regeln des Projekts für das, was hinausgeht</translation>
    </message>
    <message>
        <source>Without tracing in the SDK there is nothing to link to.</source>
        <translation>Ohne Tracing im SDK gibt es nichts, womit sich das verbinden ließe.</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Would free</source>
        <translation>Würde freigeben</translation>
    </message>
    <message>
        <source>Would go</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write a note. Markdown works.</source>
        <translation>Notiz schreiben. Markdown geht.</translation>
    </message>
    <message>
        <source>Written to {path}</source>
        <translation>Geschrieben nach {path}</translation>
    </message>
    <message>
        <source>You blocked this sender; nothing it sends is taken until you allow it again.</source>
        <translation>Dieser Absender ist gesperrt; nichts von ihm wird angenommen, bis er wieder zugelassen ist.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom to span</source>
        <translation>Auf den Span vergrößern</translation>
    </message>
    <message numerus="yes">
        <source>a group of %n exception(s)</source>
        <translation>
            <numerusform>eine Gruppe aus %n Ausnahme</numerusform>
            <numerusform>eine Gruppe aus %n Ausnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>a tag with any value</source>
        <translation>ein Tag mit beliebigem Wert</translation>
    </message>
    <message>
        <source>a time in the future, moved to the arrival</source>
        <translation>eine Zeit in der Zukunft, auf die Ankunft verschoben</translation>
    </message>
    <message>
        <source>a time too far in the past</source>
        <translation>eine Zeit zu weit in der Vergangenheit</translation>
    </message>
    <message>
        <source>action: {title}</source>
        <translation>Aktion: {title}</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugekommen</translation>
    </message>
    <message>
        <source>additional data</source>
        <translation>zusätzliche Daten</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>all issues found</source>
        <translation>alle gefundenen Issues</translation>
    </message>
    <message>
        <source>an event&apos;s id, 32 hexadecimal digits</source>
        <translation>die Id eines Ereignisses, 32 Hexadezimalziffern</translation>
    </message>
    <message>
        <source>and elsewhere</source>
        <translation>und anderswohin</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>any text in this place</source>
        <translation>beliebiger Text an dieser Stelle</translation>
    </message>
    <message>
        <source>arrived {time}</source>
        <translation>angekommen {time}</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>before hashes were kept</source>
        <translation>bevor Hashes aufbewahrt wurden</translation>
    </message>
    <message>
        <source>being taken back</source>
        <translation>wird zurückgenommen</translation>
    </message>
    <message>
        <source>between {low} and {high}</source>
        <translation>zwischen {low} und {high}</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>binary, first {size}</source>
        <translation>binär, die ersten {size}</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>breadcrumb</source>
        <translation>Breadcrumb</translation>
    </message>
    <message>
        <source>by call frame info</source>
        <translation>aus Call Frame Info</translation>
    </message>
    <message>
        <source>by description</source>
        <translation>nach Beschreibung</translation>
    </message>
    <message>
        <source>by environment</source>
        <translation>nach Umgebung</translation>
    </message>
    <message>
        <source>by frame pointer</source>
        <translation>aus dem Frame-Pointer</translation>
    </message>
    <message>
        <source>by level</source>
        <translation>nach Stufe</translation>
    </message>
    <message>
        <source>by number or name</source>
        <translation>nach Nummer oder Name</translation>
    </message>
    <message>
        <source>by operation</source>
        <translation>nach Operation</translation>
    </message>
    <message>
        <source>by release</source>
        <translation>nach Release</translation>
    </message>
    <message>
        <source>by service</source>
        <translation>nach Dienst</translation>
    </message>
    <message>
        <source>by source map</source>
        <translation>aus der Source Map</translation>
    </message>
    <message>
        <source>by status</source>
        <translation>nach Status</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>nach Zeit</translation>
    </message>
    <message>
        <source>by trace</source>
        <translation>nach Trace</translation>
    </message>
    <message>
        <source>by user</source>
        <translation>nach Nutzer</translation>
    </message>
    <message>
        <source>by {column}</source>
        <translation>nach {column}</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>wieder aufgetreten</translation>
    </message>
    <message>
        <source>cannot be read alone</source>
        <translation>allein nicht lesbar</translation>
    </message>
    <message>
        <source>caused by</source>
        <translation>verursacht durch</translation>
    </message>
    <message>
        <source>chosen: {low} to {high}</source>
        <translation>gewählt: {low} bis {high}</translation>
    </message>
    <message>
        <source>chosen: {stretch}</source>
        <translation>gewählt: {stretch}</translation>
    </message>
    <message>
        <source>clock shifted {by}</source>
        <translation>Uhr verschoben um {by}</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>a frame</comment>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>colours of code, BSD 2-Clause License</source>
        <translation>Farben für Code, BSD-2-Klausel-Lizenz</translation>
    </message>
    <message>
        <source>compression, BSD 3-Clause License</source>
        <translation>Kompression, BSD-3-Klausel-Lizenz</translation>
    </message>
    <message>
        <source>containers and virtual machines</source>
        <translation>Container und virtuelle Maschinen</translation>
    </message>
    <message>
        <source>context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>zählt</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>crashed thread</source>
        <translation>abgestürzter Thread</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>gekürzt</translation>
    </message>
    <message>
        <source>cut by SDK, was {count}</source>
        <translation>vom SDK gekürzt, war {count}</translation>
    </message>
    <message>
        <source>cut by SDK: {shown} of {count}</source>
        <translation>vom SDK gekürzt: {shown} von {count}</translation>
    </message>
    <message>
        <source>cut by SDK: {shown} of {count} letters</source>
        <translation>vom SDK gekürzt: {shown} von {count} Zeichen</translation>
    </message>
    <message>
        <source>cut, was {count} long</source>
        <translation>gekürzt, war {count} lang</translation>
    </message>
    <message>
        <source>database, public domain; its Python side, any OSI licence</source>
        <translation>Datenbank, gemeinfrei; ihre Python-Seite: jede OSI-Lizenz</translation>
    </message>
    <message>
        <source>debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>decompression, usual folders, MIT License</source>
        <translation>Dekompression, übliche Ordner, MIT-Lizenz</translation>
    </message>
    <message>
        <source>details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>unterscheidet sich</translation>
    </message>
    <message>
        <source>documentation</source>
        <translation>Dokumentation</translation>
    </message>
    <message>
        <source>does not count</source>
        <translation>zählt nicht</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>edited since</source>
        <translation>seither bearbeitet</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>encrypted by {rule}</source>
        <translation>verschlüsselt durch {rule}</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>error at {moment}</source>
        <translation>Fehler bei {moment}</translation>
    </message>
    <message>
        <source>error without its span, {title}, at {moment}</source>
        <translation>Fehler ohne seinen Span, {title}, bei {moment}</translation>
    </message>
    <message>
        <source>escalating</source>
        <translation>zunehmend</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>event loops, BSD 2-Clause, MIT or Apache License</source>
        <translation>Ereignisschleifen, BSD-2-Klausel-, MIT- oder Apache-Lizenz</translation>
    </message>
    <message>
        <source>event {name}</source>
        <translation>event {name}</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>exception type and in-app stack trace</source>
        <translation>Typ der Ausnahme und Stacktrace des eigenen Codes</translation>
    </message>
    <message>
        <source>exception type and whole stack trace</source>
        <translation>Typ der Ausnahme und ganzer Stacktrace</translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>fallend</translation>
    </message>
    <message>
        <source>far more often than before</source>
        <translation>viel häufiger als zuvor</translation>
    </message>
    <message>
        <source>fatal</source>
        <translation>fatal</translation>
    </message>
    <message>
        <source>feature flag</source>
        <translation>Feature-Flag</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>filtered</source>
        <translation>gefiltert</translation>
    </message>
    <message>
        <source>first in {first}, last in {last}</source>
        <translation>zuerst in {first}, zuletzt in {last}</translation>
    </message>
    <message>
        <source>first seen lately</source>
        <translation>kürzlich zuerst gesehen</translation>
    </message>
    <message>
        <source>first {count} of {total} lines</source>
        <translation>die ersten {count} von {total} Zeilen</translation>
    </message>
    <message>
        <source>first {first}, last {last}</source>
        <translation>zuerst {first}, zuletzt {last}</translation>
    </message>
    <message>
        <source>first {time}</source>
        <translation>zuerst {time}</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>folded below level {level}</source>
        <translation>zugeklappt unter Ebene {level}</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source>for the emulator</source>
        <translation>für den Emulator</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>found by scanning</source>
        <translation>durch Absuchen gefunden</translation>
    </message>
    <message>
        <source>fragment</source>
        <translation>Fragment</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Frame</translation>
    </message>
    <message>
        <source>from 1 %</source>
        <translation>ab 1 %</translation>
    </message>
    <message>
        <source>from 20 %</source>
        <translation>ab 20 %</translation>
    </message>
    <message>
        <source>from 5 %</source>
        <translation>ab 5 %</translation>
    </message>
    <message>
        <source>from disk</source>
        <translation>von der Platte</translation>
    </message>
    <message>
        <source>from the registers</source>
        <translation>aus den Registern</translation>
    </message>
    <message>
        <source>from {address}</source>
        <translation>von {address}</translation>
    </message>
    <message>
        <source>from {start} to {end}</source>
        <translation>von {start} bis {end}</translation>
    </message>
    <message>
        <source>function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>gap</source>
        <comment>between spans</comment>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>dauert an</translation>
    </message>
    <message>
        <source>gone, was {version}</source>
        <translation>weg, war {version}</translation>
    </message>
    <message>
        <source>grouped {count}</source>
        <translation>{count} gruppiert</translation>
    </message>
    <message>
        <source>handled</source>
        <translation>behandelt</translation>
    </message>
    <message>
        <source>here</source>
        <comment>the word to look at in the file that tries an editor</comment>
        <translation>hier</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>how severe it is</source>
        <translation>wie schwer es ist</translation>
    </message>
    <message>
        <source>iOS simulator</source>
        <translation>iOS-Simulator</translation>
    </message>
    <message>
        <source>icons, ISC License</source>
        <translation>Symbole, ISC-Lizenz</translation>
    </message>
    <message>
        <source>in 5 minutes</source>
        <translation>in 5 Minuten</translation>
    </message>
    <message>
        <source>in a day</source>
        <translation>in einem Tag</translation>
    </message>
    <message>
        <source>in a week</source>
        <translation>in einer Woche</translation>
    </message>
    <message>
        <source>in an hour</source>
        <translation>in einer Stunde</translation>
    </message>
    <message>
        <source>in app</source>
        <translation>eigener Code</translation>
    </message>
    <message>
        <source>in native code</source>
        <translation>in nativem Code</translation>
    </message>
    <message>
        <source>in none of the runs {first} to {last}</source>
        <translation>in keinem der Läufe {first} bis {last}</translation>
    </message>
    <message>
        <source>in order of their start</source>
        <translation>in der Reihenfolge ihres Beginns</translation>
    </message>
    <message>
        <source>in {age}</source>
        <translation>in {age}</translation>
    </message>
    <message>
        <source>in {names} of the runs {first} to {last}</source>
        <translation>in {names} der Läufe {first} bis {last}</translation>
    </message>
    <message>
        <source>in {project}</source>
        <translation>in {project}</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>interface, GNU LGPL 3; used as separate libraries that can be exchanged</source>
        <translation>Oberfläche, GNU LGPL 3; als eigene, austauschbare Bibliotheken benutzt</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>invalid: {why}</source>
        <translation>ungültig: {why}</translation>
    </message>
    <message>
        <source>issues, traces, files, a pasted id</source>
        <translation>Issues, Traces, Dateien, eine eingefügte Id</translation>
    </message>
    <message numerus="yes">
        <source>it befell %n user(s) more</source>
        <translation>
            <numerusform>es %n weiteren Benutzer trifft</numerusform>
            <numerusform>es %n weitere Benutzer trifft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it happened %n time(s) more</source>
        <translation>
            <numerusform>es noch %n Mal geschieht</numerusform>
            <numerusform>es noch %n Mal geschieht</numerusform>
        </translation>
    </message>
    <message>
        <source>it would not come here any more: it was moved, or grouped by other rules</source>
        <translation>es käme nicht mehr hierher: es wurde verschoben oder nach anderen Regeln gruppiert</translation>
    </message>
    <message>
        <source>its clock is {time} ahead</source>
        <translation>ihre Uhr geht {time} vor</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>key {key} was unknown, and is adopted now</source>
        <translation>Schlüssel {key} war unbekannt und ist jetzt aufgenommen</translation>
    </message>
    <message>
        <source>last 24 hours</source>
        <translation>letzte 24 Stunden</translation>
    </message>
    <message>
        <source>last {age}</source>
        <translation>zuletzt {age}</translation>
    </message>
    <message>
        <source>last {time}</source>
        <translation>zuletzt {time}</translation>
    </message>
    <message>
        <source>layout of large traces, BSD 3-Clause License</source>
        <translation>Anordnung großer Traces, BSD-3-Klausel-Lizenz</translation>
    </message>
    <message>
        <source>less than</source>
        <translation>weniger als</translation>
    </message>
    <message>
        <source>level {level}</source>
        <translation>Stufe {level}</translation>
    </message>
    <message>
        <source>library frame</source>
        <translation>Frame aus einer Bibliothek</translation>
    </message>
    <message>
        <source>library {package}</source>
        <translation>Bibliothek {package}</translation>
    </message>
    <message>
        <source>line {number}, {text}</source>
        <translation>Zeile {number}, {text}</translation>
    </message>
    <message>
        <source>longest first</source>
        <translation>längste zuerst</translation>
    </message>
    <message>
        <source>longest {length}</source>
        <translation>längste {length}</translation>
    </message>
    <message>
        <source>macOS may ask whether Vedette may accept incoming connections: allow it. Phones ask too.</source>
        <translation>macOS fragt vielleicht, ob Vedette eingehende Verbindungen annehmen darf: erlauben. Telefone fragen auch.</translation>
    </message>
    <message>
        <source>made</source>
        <translation>vorgenommen</translation>
    </message>
    <message>
        <source>made anonymous by {rule}</source>
        <translation>anonymisiert durch {rule}</translation>
    </message>
    <message>
        <source>made up by the SDK</source>
        <translation>vom SDK erfunden</translation>
    </message>
    <message>
        <source>main</source>
        <translation>Haupt-Thread</translation>
    </message>
    <message>
        <source>marked with a star</source>
        <translation>mit Stern versehen</translation>
    </message>
    <message>
        <source>masked by {rule}</source>
        <translation>maskiert durch {rule}</translation>
    </message>
    <message>
        <source>median {length}</source>
        <translation>Median {length}</translation>
    </message>
    <message>
        <source>message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>minidump</source>
        <translation>Minidump</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>mehr als</translation>
    </message>
    <message>
        <source>more than {count} issues alone</source>
        <translation>allein mehr als {count} Issues</translation>
    </message>
    <message>
        <source>most errors first</source>
        <translation>meiste Fehler zuerst</translation>
    </message>
    <message>
        <source>most self time first</source>
        <translation>meiste Eigenzeit zuerst</translation>
    </message>
    <message>
        <source>moved {lines}</source>
        <translation>verschoben {lines}</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>new in {release}</source>
        <translation>neu in {release}</translation>
    </message>
    <message>
        <source>newer than: -24h</source>
        <translation>neuer als: -24h</translation>
    </message>
    <message>
        <source>no frame in it</source>
        <translation>kein Frame darin</translation>
    </message>
    <message>
        <source>no instrumentation</source>
        <translation>ohne Instrumentierung</translation>
    </message>
    <message>
        <source>no instrumentation for {length}, starts {start}</source>
        <translation>ohne Instrumentierung für {length}, beginnt {start}</translation>
    </message>
    <message>
        <source>no keys</source>
        <translation>keine Tasten</translation>
    </message>
    <message>
        <source>no longer in this view</source>
        <translation>nicht mehr in dieser Ansicht</translation>
    </message>
    <message>
        <source>no longer {names}</source>
        <translation>nicht mehr {names}</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>no source map</source>
        <translation>keine Source Map</translation>
    </message>
    <message>
        <source>no station</source>
        <translation>keine Station</translation>
    </message>
    <message>
        <source>no symbol</source>
        <translation>kein Symbol</translation>
    </message>
    <message>
        <source>no time was sent</source>
        <translation>es wurde keine Zeit gesendet</translation>
    </message>
    <message>
        <source>none</source>
        <comment>port</comment>
        <translation>keiner</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not among {total} matching</source>
        <translation>nicht unter {total} passenden</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not ingest</source>
        <translation>kein Eingang</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>not visible</source>
        <translation>nicht sichtbar</translation>
    </message>
    <message>
        <source>noted by {rule}</source>
        <translation>vermerkt durch {rule}</translation>
    </message>
    <message>
        <source>nothing else to go by</source>
        <translation>nichts anderes, woran man sich halten könnte</translation>
    </message>
    <message>
        <source>nothing is dropped silently</source>
        <translation>nichts wird still verworfen</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>of what is open</source>
        <translation>von dem, was offen ist</translation>
    </message>
    <message>
        <source>off</source>
        <comment>feature flag</comment>
        <translation>aus</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>older than: +24h</source>
        <translation>älter als: +24h</translation>
    </message>
    <message>
        <source>on</source>
        <comment>feature flag</comment>
        <translation>an</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>on the critical path</source>
        <translation>auf dem kritischen Pfad</translation>
    </message>
    <message>
        <source>one of several</source>
        <translation>einer von mehreren</translation>
    </message>
    <message>
        <source>only in A</source>
        <translation>nur in A</translation>
    </message>
    <message>
        <source>only in B</source>
        <translation>nur in B</translation>
    </message>
    <message>
        <source>only the newest were looked at</source>
        <translation>nur die neuesten wurden betrachtet</translation>
    </message>
    <message>
        <source>only the newest {count} were looked at</source>
        <translation>nur die neuesten {count} wurden betrachtet</translation>
    </message>
    <message>
        <source>only what was found</source>
        <translation>nur Gefundenes</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>open</source>
        <comment>a frame</comment>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>open for a while</source>
        <translation>seit einer Weile offen</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>Operation</translation>
    </message>
    <message>
        <source>or no code:</source>
        <translation>oder ohne Code:</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p75</source>
        <translation>p75</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>parent span</source>
        <translation>Elternspan</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>geparkt</translation>
    </message>
    <message>
        <source>path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message numerus="yes">
        <source>paused, %n event(s) waiting</source>
        <translation>
            <numerusform>angehalten, %n Ereignis wartet</numerusform>
            <numerusform>angehalten, %n Ereignisse warten</numerusform>
        </translation>
    </message>
    <message>
        <source>place unknown</source>
        <translation>Ort unbekannt</translation>
    </message>
    <message>
        <source>port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>put away</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>queries, MIT License</source>
        <translation>Abfragen, MIT-Lizenz</translation>
    </message>
    <message>
        <source>recent</source>
        <translation>kürzlich</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>regressed</source>
        <translation>wieder aufgetreten</translation>
    </message>
    <message>
        <source>release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>removed by {rule}</source>
        <translation>entfernt durch {rule}</translation>
    </message>
    <message>
        <source>replaced by {rule}</source>
        <translation>ersetzt durch {rule}</translation>
    </message>
    <message>
        <source>replaced, since it could not be read</source>
        <translation>ersetzt, da es nicht zu lesen war</translation>
    </message>
    <message>
        <source>replaced, since something is missing</source>
        <translation>ersetzt, da etwas fehlt</translation>
    </message>
    <message>
        <source>request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>steigend</translation>
    </message>
    <message>
        <source>rules fingerprint stack trace enhancements in-app merge split regroup preview</source>
        <translation>regeln fingerabdruck stacktrace erweiterungen eigener code in-app zusammenführen aufteilen neu gruppieren vorschau</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>run {number}</source>
        <translation>Lauf {number}</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>same text</source>
        <translation>gleicher Text</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>scrubbed by {rules}</source>
        <translation>bereinigt durch {rules}</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>suche …</translation>
    </message>
    <message>
        <source>searching… (Esc stops)</source>
        <translation>suche … (Esc hält an)</translation>
    </message>
    <message>
        <source>segment</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>segment of {service}</source>
        <translation>Segment von {service}</translation>
    </message>
    <message>
        <source>self {length}</source>
        <comment>time without children</comment>
        <translation>selbst {length}</translation>
    </message>
    <message>
        <source>sent {time} before it arrived</source>
        <translation>{time} vor der Ankunft gesendet</translation>
    </message>
    <message>
        <source>service {name}</source>
        <translation>Dienst {name}</translation>
    </message>
    <message>
        <source>short id, as DESK-12</source>
        <translation>kurze Id, etwa DESK-12</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>schläft</translation>
    </message>
    <message>
        <source>slug or number of the project</source>
        <translation>Slug oder Nummer des Projekts</translation>
    </message>
    <message>
        <source>sorted by events</source>
        <translation>nach Ereignissen sortiert</translation>
    </message>
    <message>
        <source>sorted by first seen</source>
        <translation>nach „zuerst gesehen“ sortiert</translation>
    </message>
    <message>
        <source>sorted by last seen</source>
        <translation>nach „zuletzt gesehen“ sortiert</translation>
    </message>
    <message>
        <source>sorted by priority</source>
        <translation>nach Priorität sortiert</translation>
    </message>
    <message>
        <source>sorted by title</source>
        <translation>nach Titel sortiert</translation>
    </message>
    <message>
        <source>sorted by trend</source>
        <translation>nach Verlauf sortiert</translation>
    </message>
    <message>
        <source>sorted by users</source>
        <translation>nach Nutzern sortiert</translation>
    </message>
    <message>
        <source>source on disk: {state}</source>
        <translation>Quelltext auf der Platte: {state}</translation>
    </message>
    <message>
        <source>span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>spans</source>
        <translation>Spans</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>starts {start}</source>
        <translation>beginnt {start}</translation>
    </message>
    <message>
        <source>stations nearby, GNU LGPL 2.1</source>
        <translation>Stationen in der Nähe, GNU LGPL 2.1</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>status of the issue</source>
        <translation>Status des Issues</translation>
    </message>
    <message>
        <source>status {status}</source>
        <translation>Status {status}</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>gleichbleibend</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>suppressed</source>
        <translation>unterdrückt</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>symbols: {state}</source>
        <translation>Symbole: {state}</translation>
    </message>
    <message>
        <source>system</source>
        <translation>System</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>the SDK&apos;s own grouping</source>
        <translation>die eigene Gruppierung des SDK</translation>
    </message>
    <message>
        <source>the checksum the SDK sent</source>
        <translation>die Prüfsumme, die das SDK gesendet hat</translation>
    </message>
    <message>
        <source>the fingerprint the program set</source>
        <translation>der Fingerabdruck, den das Programm gesetzt hat</translation>
    </message>
    <message>
        <source>the first one found</source>
        <translation>der erste gefundene</translation>
    </message>
    <message>
        <source>the issue was made by edition {old}, events are grouped by {new} now</source>
        <translation>das Issue entstand mit Fassung {old}, Ereignisse werden jetzt mit {new} gruppiert</translation>
    </message>
    <message>
        <source>the longest {count} are shown</source>
        <translation>die längsten {count} sind zu sehen</translation>
    </message>
    <message>
        <source>the message</source>
        <translation>die Meldung</translation>
    </message>
    <message>
        <source>the newest event</source>
        <translation>das neueste Ereignis</translation>
    </message>
    <message>
        <source>the next release</source>
        <translation>zum nächsten Release</translation>
    </message>
    <message>
        <source>the next run</source>
        <translation>zum nächsten Lauf</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>the token</source>
        <translation>das Token</translation>
    </message>
    <message>
        <source>these prefixes, and the documentation</source>
        <translation>diese Präfixe und die Dokumentation</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>times corrected by the clocks&apos; difference</source>
        <translation>Zeiten um den Unterschied der Uhren korrigiert</translation>
    </message>
    <message>
        <source>times more</source>
        <translation>weitere Male</translation>
    </message>
    <message>
        <source>too large to be kept</source>
        <translation>zu groß zum Behalten</translation>
    </message>
    <message>
        <source>too large to show here; Save writes all of it</source>
        <translation>zu groß, um hier gezeigt zu werden; Speichern schreibt alles</translation>
    </message>
    <message>
        <source>too long, cut</source>
        <translation>zu lang, gekürzt</translation>
    </message>
    <message>
        <source>topmost first</source>
        <translation>oberste zuerst</translation>
    </message>
    <message>
        <source>trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>trace {id}</source>
        <translation>Trace {id}</translation>
    </message>
    <message>
        <source>traces_sample_rate is {rate}; while you develop, 1.0 shows everything.</source>
        <translation>traces_sample_rate ist {rate}; beim Entwickeln zeigt 1.0 alles.</translation>
    </message>
    <message>
        <source>typeface, SIL Open Font License 1.1</source>
        <translation>Schrift, SIL Open Font License 1.1</translation>
    </message>
    <message>
        <source>under 1 % of the trace</source>
        <translation>unter 1 % des Trace</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>unhandled</source>
        <translation>unbehandelt</translation>
    </message>
    <message>
        <source>unknown client</source>
        <translation>unbekannter Client</translation>
    </message>
    <message>
        <source>unknown key {key}</source>
        <translation>unbekannter Schlüssel {key}</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>user</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>users more</source>
        <translation>weitere Benutzer getroffen hat</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>version of the program</source>
        <translation>Version des Programms</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>waiting for a time</source>
        <translation>wartet für eine Zeit</translation>
    </message>
    <message>
        <source>walked before</source>
        <translation>vorher abgelaufen</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>was not caught</source>
        <translation>wurde nicht abgefangen</translation>
    </message>
    <message>
        <source>was {version}</source>
        <translation>war {version}</translation>
    </message>
    <message>
        <source>what can be done here</source>
        <translation>was sich hier tun lässt</translation>
    </message>
    <message>
        <source>whenever</source>
        <translation>egal wann</translation>
    </message>
    <message>
        <source>where it ran</source>
        <translation>wo es lief</translation>
    </message>
    <message>
        <source>while handling</source>
        <translation>während der Behandlung von</translation>
    </message>
    <message>
        <source>whom it happened to, as id:7</source>
        <translation>wem es geschah, etwa id:7</translation>
    </message>
    <message>
        <source>wired</source>
        <translation>verkabelt</translation>
    </message>
    <message numerus="yes">
        <source>within %n day(s)</source>
        <translation>
            <numerusform>innerhalb von %n Tag</numerusform>
            <numerusform>innerhalb von %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>within %n hour(s)</source>
        <translation>
            <numerusform>innerhalb von %n Stunde</numerusform>
            <numerusform>innerhalb von %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>within %n minute(s)</source>
        <translation>
            <numerusform>innerhalb von %n Minute</numerusform>
            <numerusform>innerhalb von %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>words in the title</source>
        <translation>Wörter im Titel</translation>
    </message>
    <message>
        <source>words in title or text</source>
        <translation>Wörter in Titel oder Text</translation>
    </message>
    <message>
        <source>your editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>{address}: sending with a project&apos;s key, reading with the token</source>
        <translation>{address}: senden mit dem Schlüssel eines Projekts, lesen mit dem Token</translation>
    </message>
    <message>
        <source>{age} ago</source>
        <translation>vor {age}</translation>
    </message>
    <message>
        <source>{apps} · {rate} ev/min</source>
        <translation>{apps} · {rate} Er./min</translation>
    </message>
    <message>
        <source>{at} of {total}</source>
        <translation>{at} von {total}</translation>
    </message>
    <message>
        <source>{command}: not a list of keys</source>
        <translation>{command}: keine Liste von Tasten</translation>
    </message>
    <message>
        <source>{command}: there is no key {key}</source>
        <translation>{command}: die Taste {key} gibt es nicht</translation>
    </message>
    <message>
        <source>{count} always differ, folded</source>
        <translation>{count} unterscheiden sich immer, zugeklappt</translation>
    </message>
    <message>
        <source>{count} always differ, shown</source>
        <translation>{count} unterscheiden sich immer, gezeigt</translation>
    </message>
    <message>
        <source>{count} between {low} and {high}</source>
        <translation>{count} zwischen {low} und {high}</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} T</translation>
    </message>
    <message numerus="yes">
        <source>{count} differ</source>
        <translation>
            <numerusform>{count} unterscheidet sich</numerusform>
            <numerusform>{count} unterscheiden sich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} event(s)</source>
        <translation>
            <numerusform>{count} Ereignis</numerusform>
            <numerusform>{count} Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} event(s) written to {path}</source>
        <translation>
            <numerusform>{count} Ereignis nach {path} geschrieben</numerusform>
            <numerusform>{count} Ereignisse nach {path} geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} gefunden</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} mo</source>
        <comment>months</comment>
        <translation>{count} Mon.</translation>
    </message>
    <message>
        <source>{count} nested: {what}</source>
        <translation>{count} verschachtelt: {what}</translation>
    </message>
    <message>
        <source>{count} not stored</source>
        <translation>{count} nicht gespeichert</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} von {total}</translation>
    </message>
    <message>
        <source>{count} of {total} frames</source>
        <translation>{count} von {total} Frames</translation>
    </message>
    <message numerus="yes">
        <source>{count} point(s), the first: {title}</source>
        <translation>
            <numerusform>{count} Punkt: {title}</numerusform>
            <numerusform>{count} Punkte, der erste: {title}</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} queries of the same shape run one after another, {total} in all ({share} of the segment).</source>
        <translation>{count} Abfragen derselben Form laufen nacheinander, zusammen {total} ({share} des Segments).</translation>
    </message>
    <message numerus="yes">
        <source>{count} record(s), the first: {title}</source>
        <translation>
            <numerusform>{count} Eintrag: {title}</numerusform>
            <numerusform>{count} Einträge, der erste: {title}</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message numerus="yes">
        <source>{count} sample(s)</source>
        <translation>
            <numerusform>{count} Stichprobe</numerusform>
            <numerusform>{count} Stichproben</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} gewählt</translation>
    </message>
    <message>
        <source>{count} selected - all in this view</source>
        <translation>{count} gewählt - alle in dieser Ansicht</translation>
    </message>
    <message numerus="yes">
        <source>{count} span(s)</source>
        <translation>
            <numerusform>{count} Span</numerusform>
            <numerusform>{count} Spans</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} the same, hidden</source>
        <translation>{count} gleich, verborgen</translation>
    </message>
    <message>
        <source>{count} the same, shown</source>
        <translation>{count} gleich, gezeigt</translation>
    </message>
    <message numerus="yes">
        <source>{count} value(s)</source>
        <translation>
            <numerusform>{count} Wert</numerusform>
            <numerusform>{count} Werte</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} y</source>
        <comment>years</comment>
        <translation>{count} J.</translation>
    </message>
    <message>
        <source>{count}+ issues</source>
        <translation>{count}+ Issues</translation>
    </message>
    <message>
        <source>{count}+ issues so far</source>
        <translation>{count}+ Issues bisher</translation>
    </message>
    <message>
        <source>{count}, {part} of them in the chosen time</source>
        <translation>{count}, davon {part} in der gewählten Zeit</translation>
    </message>
    <message>
        <source>{count}, {since} to {until}</source>
        <translation>{count}, {since} bis {until}</translation>
    </message>
    <message>
        <source>{count}/min</source>
        <translation>{count}/min</translation>
    </message>
    <message>
        <source>{device} asks whether to allow debugging from this computer.</source>
        <translation>{device} fragt, ob Debugging von diesem Rechner erlaubt ist.</translation>
    </message>
    <message>
        <source>{differ} differ, {a} only in A, {b} only in B, {same} the same</source>
        <translation>{differ} unterscheiden sich, {a} nur in A, {b} nur in B, {same} gleich</translation>
    </message>
    <message>
        <source>{done} of {total} events</source>
        <translation>{done} von {total} Ereignissen</translation>
    </message>
    <message>
        <source>{duration}, self time {own}</source>
        <translation>{duration}, Eigenzeit {own}</translation>
    </message>
    <message>
        <source>{editor} (not found)</source>
        <translation>{editor} (nicht gefunden)</translation>
    </message>
    <message>
        <source>{editor} was not found on this machine. Choose another editor in Settings › Editor.</source>
        <translation>{editor} wurde auf diesem Rechner nicht gefunden. Unter Einstellungen › Editor einen anderen wählen.</translation>
    </message>
    <message>
        <source>{events} events</source>
        <translation>{events} Ereignisse</translation>
    </message>
    <message>
        <source>{events} to a new issue</source>
        <translation>{events} in ein neues Issue</translation>
    </message>
    <message>
        <source>{events} to {issue}</source>
        <translation>{events} nach {issue}</translation>
    </message>
    <message>
        <source>{file} in {function}</source>
        <translation>{file} in {function}</translation>
    </message>
    <message>
        <source>{file} was not taken: {why}</source>
        <translation>{file} wurde nicht angenommen: {why}</translation>
    </message>
    <message>
        <source>{file}: the event against the file now</source>
        <translation>{file}: das Ereignis und die Datei, wie sie jetzt ist</translation>
    </message>
    <message>
        <source>{fit} of its newest {read} events fit.</source>
        <translation>Passend: {fit} seiner neuesten {read} Ereignisse.</translation>
    </message>
    <message>
        <source>{fit} of its {read} events fit.</source>
        <translation>Passend: {fit} seiner {read} Ereignisse.</translation>
    </message>
    <message numerus="yes">
        <source>{found} of the %n file(s) in the latest events found here.</source>
        <translation>
            <numerusform>{found} von %n Datei der neuesten Ereignisse hier gefunden.</numerusform>
            <numerusform>{found} von %n Dateien der neuesten Ereignisse hier gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>{function} at {place}</source>
        <translation>{function} bei {place}</translation>
    </message>
    <message>
        <source>{hash}, {events} events, last {last}</source>
        <translation>{hash}, {events} Ereignisse, zuletzt {last}</translation>
    </message>
    <message>
        <source>{id}
Click to copy it, drag it out of the window as a file</source>
        <translation>{id}
Klick kopiert sie; aus dem Fenster gezogen wird sie eine Datei</translation>
    </message>
    <message>
        <source>{id} is back</source>
        <translation>{id} ist wieder da</translation>
    </message>
    <message>
        <source>{id} is not a trace id: it has 32 hexadecimal digits.</source>
        <translation>{id} ist keine Trace-Id: Die hat 32 Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>{keys} is {other} ({where}).</source>
        <translation>{keys} ist {other} ({where}).</translation>
    </message>
    <message>
        <source>{keys} leads here already.</source>
        <translation>{keys} führt schon hierher.</translation>
    </message>
    <message>
        <source>{keys} leads to {command} now.</source>
        <translation>{keys} führt jetzt zu {command}.</translation>
    </message>
    <message>
        <source>{keys}, changed</source>
        <translation>{keys}, geändert</translation>
    </message>
    <message>
        <source>{kind}: most</source>
        <translation>{kind}: höchstens</translation>
    </message>
    <message>
        <source>{label} may send</source>
        <translation>{label} darf senden</translation>
    </message>
    <message>
        <source>{label}, {colour}, {issues}</source>
        <translation>{label}, {colour}, {issues}</translation>
    </message>
    <message>
        <source>{length} selected: {start} to {end}</source>
        <translation>{length} gewählt: {start} bis {end}</translation>
    </message>
    <message>
        <source>{micros} µs without any child</source>
        <translation>{micros} µs ohne ein Kind</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name} (Kopie)</translation>
    </message>
    <message>
        <source>{name} could not be written: {why}</source>
        <translation>{name} konnte nicht geschrieben werden: {why}</translation>
    </message>
    <message>
        <source>{name} from {address}</source>
        <translation>{name} von {address}</translation>
    </message>
    <message>
        <source>{name} is blocked.</source>
        <translation>{name} ist gesperrt.</translation>
    </message>
    <message>
        <source>{name} is not the app&apos;s</source>
        <translation>{name} gehört nicht zur App</translation>
    </message>
    <message>
        <source>{name} is the app&apos;s</source>
        <translation>{name} gehört zur App</translation>
    </message>
    <message>
        <source>{name} may send again.</source>
        <translation>{name} darf wieder senden.</translation>
    </message>
    <message>
        <source>{name} on {address}</source>
        <translation>{name} auf {address}</translation>
    </message>
    <message>
        <source>{name} was looked for in:
{folders}</source>
        <translation>{name} wurde gesucht in:
{folders}</translation>
    </message>
    <message>
        <source>{name}, {spans}, self time {own}</source>
        <translation>{name}, {spans}, Eigenzeit {own}</translation>
    </message>
    <message>
        <source>{order}, the newest {count} of them</source>
        <translation>{order}, davon die neuesten {count}</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} von {whole}</translation>
    </message>
    <message>
        <source>{path} cannot be read, or is too large.</source>
        <translation>{path} lässt sich nicht lesen oder ist zu groß.</translation>
    </message>
    <message>
        <source>{place} events in all</source>
        <translation>{place} Ereignisse insgesamt</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>{place} of {total}</source>
        <translation>{place} von {total}</translation>
    </message>
    <message>
        <source>{place} of {total} matching</source>
        <translation>{place} von {total} passenden</translation>
    </message>
    <message>
        <source>{program} could not be started.</source>
        <translation>{program} ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>{program} is a batch file and cannot be given this path safely.</source>
        <translation>{program} ist eine Batch-Datei, der dieser Pfad nicht sicher übergeben werden kann.</translation>
    </message>
    <message>
        <source>{program}, pid {pid}</source>
        <translation>{program}, Pid {pid}</translation>
    </message>
    <message>
        <source>{project}, since {when}</source>
        <translation>{project}, seit {when}</translation>
    </message>
    <message>
        <source>{rate} ev/min</source>
        <translation>{rate} Er./min</translation>
    </message>
    <message>
        <source>{rate} per minute over {span}</source>
        <translation>{rate} pro Minute über {span}</translation>
    </message>
    <message>
        <source>{request} is not an ingest path</source>
        <translation>{request} ist kein Eingangspfad</translation>
    </message>
    <message>
        <source>{request} takes no data. SDKs post to /api/&lt;project&gt;/envelope/.</source>
        <translation>{request} nimmt keine Daten an. SDKs senden an /api/&lt;project&gt;/envelope/.</translation>
    </message>
    <message>
        <source>{row} of {count}</source>
        <translation>{row} von {count}</translation>
    </message>
    <message>
        <source>{run} (now)</source>
        <translation>{run} (jetzt)</translation>
    </message>
    <message>
        <source>{sentence} (at character {number})</source>
        <translation>{sentence} (bei Zeichen {number})</translation>
    </message>
    <message>
        <source>{share} failed</source>
        <translation>{share} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{share}: {count} of {total} events</source>
        <translation>{share}: {count} von {total} Ereignissen</translation>
    </message>
    <message>
        <source>{size} written to {path}</source>
        <translation>{size} geschrieben nach {path}</translation>
    </message>
    <message>
        <source>{size}, but the image is damaged</source>
        <translation>{size}, aber das Bild ist beschädigt</translation>
    </message>
    <message>
        <source>{size}, shown smaller</source>
        <translation>{size}, kleiner gezeigt</translation>
    </message>
    <message>
        <source>{size}, too many pixels to be shown</source>
        <translation>{size}, zu viele Pixel zum Zeigen</translation>
    </message>
    <message>
        <source>{size}: {events}, {traces}</source>
        <translation>{size}: {events}, {traces}</translation>
    </message>
    <message>
        <source>{slug}, {name}, {colour}</source>
        <translation>{slug}, {name}, {colour}</translation>
    </message>
    <message>
        <source>{spans} found</source>
        <translation>{spans} gefunden</translation>
    </message>
    <message>
        <source>{spans}, {order}</source>
        <translation>{spans}, {order}</translation>
    </message>
    <message>
        <source>{span}, the event happened here</source>
        <translation>{span}, das Ereignis geschah hier</translation>
    </message>
    <message>
        <source>{start} to {end} of {whole} in view</source>
        <translation>{start} bis {end} von {whole} sichtbar</translation>
    </message>
    <message>
        <source>{term}: {count} alone</source>
        <translation>{term}: allein {count}</translation>
    </message>
    <message>
        <source>{time} after it was sent, by the clocks</source>
        <translation>{time} nach dem Senden, den Uhren nach</translation>
    </message>
    <message>
        <source>{title}, changed</source>
        <translation>{title}, geändert</translation>
    </message>
    <message>
        <source>{title}: columns</source>
        <translation>{title}: Spalten</translation>
    </message>
    <message>
        <source>{total} found</source>
        <translation>{total} gefunden</translation>
    </message>
    <message>
        <source>{trend} at {time}</source>
        <translation>{trend} um {time}</translation>
    </message>
    <message>
        <source>{trend}, peak {peak}</source>
        <translation>{trend}, Spitze {peak}</translation>
    </message>
    <message>
        <source>{type} item, {size}</source>
        <translation>Teil {type}, {size}</translation>
    </message>
    <message>
        <source>{what}: {chosen}</source>
        <translation>{what}: {chosen}</translation>
    </message>
    <message>
        <source>{what}; its beginning, Copy takes all of it</source>
        <translation>{what}; der Anfang, Kopieren nimmt alles</translation>
    </message>
    <message>
        <source>{when}, edited</source>
        <translation>{when}, bearbeitet</translation>
    </message>
    <message>
        <source>{who} was not understood {when}. {why}</source>
        <translation>{who} wurde {when} nicht verstanden. {why}</translation>
    </message>
    <message>
        <source>{who} was refused {when}. {why}</source>
        <translation>{who} wurde {when} abgelehnt. {why}</translation>
    </message>
    <message>
        <source>“duration:{value}” is no length of time. Write duration:&gt;200ms or duration:&lt;1.5s.</source>
        <translation>„duration:{value}“ ist keine Dauer. Etwa duration:&gt;200ms oder duration:&lt;1.5s schreiben.</translation>
    </message>
    <message>
        <source>“is:{value}” means nothing here. Write is:error.</source>
        <translation>„is:{value}“ bedeutet hier nichts. Etwa is:error schreiben.</translation>
    </message>
    <message>
        <source>“outcome:{value}” is none. There are: {names}.</source>
        <translation>„outcome:{value}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>“{id}” is not an event or span id.</source>
        <translation>„{id}“ ist keine Id eines Ereignisses oder Spans.</translation>
    </message>
    <message>
        <source>“{id}” is not the id of a trace.</source>
        <translation>„{id}“ ist nicht die Id eines Trace.</translation>
    </message>
    <message>
        <source>“{id}” is not the id of an issue, such as DESK-12.</source>
        <translation>„{id}“ ist nicht die Id eines Issues wie DESK-12.</translation>
    </message>
    <message>
        <source>“{id}” names nothing in this section.</source>
        <translation>„{id}“ benennt nichts in diesem Abschnitt.</translation>
    </message>
    <message>
        <source>“{name}:{value}” compares with nothing. Write {name}:&gt;10.</source>
        <translation>„{name}:{value}“ vergleicht mit nichts. Etwa {name}:&gt;10 schreiben.</translation>
    </message>
    <message>
        <source>“{name}” deleted</source>
        <translation>„{name}“ gelöscht</translation>
    </message>
    <message>
        <source>“{name}” hidden</source>
        <translation>„{name}“ verborgen</translation>
    </message>
    <message>
        <source>“{name}” renamed</source>
        <translation>„{name}“ umbenannt</translation>
    </message>
    <message>
        <source>“{name}” saved</source>
        <translation>„{name}“ gespeichert</translation>
    </message>
    <message>
        <source>“{term}” is no filter of requests.</source>
        <translation>„{term}“ ist kein Filter für Anfragen.</translation>
    </message>
    <message>
        <source>“{term}” is no filter of traces. Use words, is:error or {known}.</source>
        <translation>„{term}“ ist kein Filter für Traces. Möglich sind Wörter, is:error oder {known}.</translation>
    </message>
    <message>
        <source>“{text}” in this link is not a length of time, such as 24h.</source>
        <translation>„{text}“ in diesem Link ist keine Dauer wie 24h.</translation>
    </message>
    <message>
        <source>“{text}” in this link is not a number.</source>
        <translation>„{text}“ in diesem Link ist keine Zahl.</translation>
    </message>
    <message>
        <source>“{text}” in this link is not a time.</source>
        <translation>„{text}“ in diesem Link ist keine Zeit.</translation>
    </message>
    <message>
        <source>“{value}” is no HTTP status. Write http.status:500.</source>
        <translation>„{value}“ ist kein HTTP-Status. Etwa http.status:500 schreiben.</translation>
    </message>
    <message>
        <source>“{value}” is no trace id: 4 to 32 hexadecimal digits.</source>
        <translation>„{value}“ ist keine Trace-Id: 4 bis 32 Hexadezimalziffern.</translation>
    </message>
    <message>
        <source>− {count} only in A</source>
        <translation>− {count} nur in A</translation>
    </message>
</context>
</TS>
