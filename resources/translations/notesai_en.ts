<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Activity</name>
    <message numerus="yes">
        <source>%Ln passage(s) wait until this machine is plugged in</source>
        <translation>
            <numerusform>%Ln passage waits until this machine is plugged in</numerusform>
            <numerusform>%Ln passages wait until this machine is plugged in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) to read</source>
        <translation>
            <numerusform>%Ln note to read</numerusform>
            <numerusform>%Ln notes to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>embedding %Ln passage(s)</source>
        <translation>
            <numerusform>embedding %Ln passage</numerusform>
            <numerusform>embedding %Ln passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) a second</source>
        <translation>
            <numerusform>%Ln note a second</numerusform>
            <numerusform>%Ln notes a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) a second</source>
        <translation>
            <numerusform>%Ln passage a second</numerusform>
            <numerusform>%Ln passages a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hour(s) left</source>
        <translation>
            <numerusform>about %Ln hour left</numerusform>
            <numerusform>about %Ln hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AskView</name>
    <message numerus="yes">
        <source>%Ln conversation(s) were damaged and set aside in the data folder. What could be read is kept.</source>
        <translation>
            <numerusform>%Ln conversation was damaged and set aside in the data folder. What could be read is kept.</numerusform>
            <numerusform>%Ln conversations were damaged and set aside in the data folder. What could be read is kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadBar</name>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangePane</name>
    <message numerus="yes">
        <source>%Ln sentence(s) not borne out by the notes:</source>
        <translation>
            <numerusform>%Ln sentence not borne out by the notes:</numerusform>
            <numerusform>%Ln sentences not borne out by the notes:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message numerus="yes">
        <source>Delete %Ln conversation(s)?</source>
        <translation>
            <numerusform>Delete %Ln conversation?</numerusform>
            <numerusform>Delete %Ln conversations?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapHead</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message numerus="yes">
        <source>%Ln note(s) are embedded anew.</source>
        <translation>
            <numerusform>%Ln note is embedded anew.</numerusform>
            <numerusform>%Ln notes are embedded anew.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It takes about %Ln minute(s).</source>
        <translation>
            <numerusform>It takes about %Ln minute.</numerusform>
            <numerusform>It takes about %Ln minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It takes about %Ln hour(s).</source>
        <translation>
            <numerusform>It takes about %Ln hour.</numerusform>
            <numerusform>It takes about %Ln hours.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotesView</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tag(s)</source>
        <translation>
            <numerusform>%Ln tag</numerusform>
            <numerusform>%Ln tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickDialog</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln result</numerusform>
            <numerusform>%Ln results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message numerus="yes">
        <source>Show %Ln hidden note(s)</source>
        <translation>
            <numerusform>Show %Ln hidden note</numerusform>
            <numerusform>Show %Ln hidden notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>%Ln result</numerusform>
            <numerusform>%Ln results</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) can be found by word only so far.</source>
        <translation>
            <numerusform>%Ln passage can be found by word only so far.</numerusform>
            <numerusform>%Ln passages can be found by word only so far.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SomeNotes</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TokensDialog</name>
    <message numerus="yes">
        <source>%Ln character(s) also in the piece before</source>
        <translation>
            <numerusform>%Ln character also in the piece before</numerusform>
            <numerusform>%Ln characters also in the piece before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in front</source>
        <translation>
            <numerusform>%Ln token in front</numerusform>
            <numerusform>%Ln tokens in front</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) did not fit and were not read</source>
        <translation>
            <numerusform>%Ln token did not fit and was not read</numerusform>
            <numerusform>%Ln tokens did not fit and were not read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show more: %Ln piece(s) left</source>
        <translation>
            <numerusform>Show more: %Ln piece left</numerusform>
            <numerusform>Show more: %Ln pieces left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln piece(s)</source>
        <translation>
            <numerusform>%Ln piece</numerusform>
            <numerusform>%Ln pieces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>%Ln note</numerusform>
            <numerusform>%Ln notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln minute(s)</source>
        <translation>
            <numerusform>in about %Ln minute</numerusform>
            <numerusform>in about %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln hour(s)</source>
        <translation>
            <numerusform>in about %Ln hour</numerusform>
            <numerusform>in about %Ln hours</numerusform>
        </translation>
    </message>
</context>
</TS>
