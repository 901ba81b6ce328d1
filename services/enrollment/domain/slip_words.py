"""1,024 simple German words, of which four stand on every sign-in slip (10 bits each).

Chosen to be read aloud and typed on any keyboard: three to ten letters, no umlauts, no sharp s, and no two that
differ by one letter only, so that a slip of the finger never turns one word into another.
"""

_WORDS = """
abend abfahrt adler affe ahorn akte alarm album allee alltag alpen altar ameise ampel anfang angel anker ankunft
anorak anruf antrag antwort anzug apfel april arbeit archiv arena arm arzt asien atem atlas auge august aula ausflug
ausgang ausweis auto axt bach backofen bad bagger bahn bahnhof balken ball ballon bambus banane bank bart basar basis
batterie bauer baum becher becken beere beet beginn bein beispiel benzin berg bericht beruf besen besteck besuch beton
beutel bewegung biene bild birke bison bitte blatt blau blech blick blitz blume blut boden bohne bohrer bonbon boot
bote box brand breit bremse brief brille brise bruder brunnen brust bucht bude bunt bus busch butter chor clown comic
computer couch cousin creme dackel dame dampf daten datum daumen decke delfin denkmal dezember dialog diamant dicht
dieb diele dienst diesel ding direktor dirigent distel dokument dom donner doppel dorf dose drache draht drehung drei
drossel druck duft dunkel durst dusche ebbe ebene echo efeu eiche eidechse eifer einfach eingang einkauf eis eisbahn
eisen elch elefant element elf ellbogen eltern erbse erde ereignis erfolg erker ernte esel essig etage eule europa
ewig examen experte fabel fabrik faden fahne fahrrad fahrt falke falter familie fang farbe farn fass faust februar
fehler feier feige feld fenster ferien fest fichte figur film finale finger fink firma fisch flach flagge flamme
flasche fleck fleisch fliege flocke flosse flucht flur fluss fohlen folge form forscher forst foto fracht frage frau
freitag freude freund friede frist frosch fuchs fund funke galaxie gans garage garten gasse gatter gebirge geburt
gedicht geduld gehweg geist gelb gelenk gemeinde genau gerade geruch gesang gesetz gespann gestein gewinn gewitter
gipfel giraffe gitarre glanz glas glaube gleis globus gold gondel grab graben gramm granit grenze griff grill grip
groschen grube grund gruppe gummi gurke gurt haar hafer hagel haken halb halle hammer hamster handel handy hase haube
haufen haupt haus hebel hecht hefe heide heilung helm hemd henne herbst herz heu heute hilfe himbeere himmel hinweis
hirsch hirte hitze hobby hochzeit hocker hof hoffnung holz honig hopfen hotel hunger hupe hut idee igel imker impfung
indien inhalt insekt insel interesse internet iris italien jacke jagd jahr jahrmarkt januar jasmin jeans joghurt jubel
judo jugend juli junge jupiter kabine kachel kaffee kaiser kakao kaktus kalender kalt kamel kamera kamin kamm kanal
kanne kanu kapelle kappe kapsel karibik karotte karte karton karussell kasten katze kehle keim keks kellner kern kerze
kessel kette kiefer kies kilo kind kiosk kirche kissen kiste kiwi klang klar klasse klavier klebe kleid kleister klima
klingel klinik klippe kloster klub knall knie knochen knolle knopf knoten koch koffer kohl komet komma konto korb
kosmos kraft kragen kran kranich kreide kreuz krone krug krume kuchen kugel kuh kunde kunst kupfer kurs kurve kutsche
labor lachs lack ladung lager lampe land lappen laterne laub laune lawine leben lehm lehrer leicht leine lektion
lenker leopard lerche lernen leser leuchte liebe lied lift lilie limette limo linde lineal links liter lob logo lohn
lokal lorbeer lotse luke lust magen magnet mai makler mango mann mantel marder markt marmor mars maschine maske mast
material maul maurer medaille medizin mehl meile meinung meister melodie melone menge mensch messer metall meter miete
mikado milch mine minute mischung mittag mode modell moment monat mond montag moos morgen motor motte muffin mulde
murmel museum musik muskel nachbar nacht nadel natur neffe nelke netz neugier neun niere nische niveau norden notiz
november null nummer nuss oben objekt obst ochse offen ohr oktober olive oma onkel oper optik orange orchester ordner
orgel orient original orkan ort osten otter oval ozean packung paddel paket palast palme panda panther papa papagei
papier pappel paprika parade park partner pate pause pedal pegel pelikan pelz pendel perle person petersilie pfad
pfanne pfeffer pfeife pfeil pferd pfirsich pflanze pflaume pflug pfosten pfote pilot pinguin pinie pirat plakat plan
planet platte platz podium pol polizei pony portal porto post praxis preis presse prinz probe produkt profil projekt
prosa prospekt provinz prozent publikum puder puls puma pumpe punkt purpur putz puzzle pyramide quader quadrat qualle
quark quartett quer quitte quiz rabatt rabe radio rahmen rakete ranke rasen rassel rat rauch raupe rechnung rede regal
regen regie region reh reif reihe reiter rekord rente reptil rettich rettung rezept rhythmus richter riegel riemen
riese rinne ritter robbe roboter rock roggen rolle roman rosine route rubin rucksack ruf ruhe rumpf saal sache saft
sage saison salat salbe salz samen sammler samstag sandale satellit sauber sauna schach schachtel schaf schall
schalter schatten schatz schaufel schaum scheibe schein schere schicht schiff schild schirm schlange schlauch
schlitten schloss schluck schmied schnabel schnecke schnee schnur schokolade schrank schraube schrift schuh schule
schwalbe schwamm schwan schwarz schwester schwimmer sechs see seele seife seil sekunde sellerie semmel senf sense
september serie sieben signal silber sinn sirup skizze socke sofa sohle sommer sonne sonntag sorte spalte spange
spargel spaten specht speise sperling spiegel spiel spinat spinne spitze sport sprache sprung spur staat stadion
staffel stall stamm star statue staub staude stecker steg stein stelle stempel steppe steuer stiefel stier stift
stimme stirn stock stoff stolz storch strand strauch strecke streifen strich stroh struktur stube studium stuhl stunde
sturm sultan suppe symbol system szene tabak tabelle tablett tafel tag takt talent tankstelle tanz tapete taste
taucher taufe tausend taxi team technik teer teich teig telefon teller tempo tennis teppich termin terrasse text
theater thema thron tiefe tiger tinte tipp titel toast tochter tomate ton topf torwart tour tradition trainer traktor
traube traum treffen treppe tresor trick trikot trinken triumph trommel trompete tropfen tuba tuch tulpe tunnel turban
turnen typ ufer uhu umweg umwelt umzug uniform union unten urkunde urlaub ursache urwald vanille veilchen ventil venus
verband verein verkehr verlag vers versuch vertrag vetter video vier vitamin vogel volk vorhang vorrat vorteil vulkan
waage waffel wahl wald walnuss walze ware wasser weber wechsel weg weihnacht weise weizen welle welt wende werbung
werk wespe westen wiege wimpel winkel winter wippe wirt witz woche wohnung wolf wolke wunder wunsch wurm wurzel yoga
zange zaun zebra zeder zehn zeichen zeit zeitung zement zentrum zettel zeuge ziel ziffer zimmer zimt zirkel zirkus
zitrone zone zoo zucker zufall zug zukunft zutat zwei zwiebel zwilling zwirn zylinder
"""

SLIP_WORDS: tuple[str, ...] = tuple(_WORDS.split())
