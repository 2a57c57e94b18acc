"""Word lists from which names of many origins are put together: surnames are lists and stems with endings."""
from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """Split a list written as one text."""
    return tuple(text.split())


@dataclass(frozen=True)
class Origin:
    """How names of one origin are made. Endings in pairs hold the form for a man and for a woman."""

    weight: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    has_one_given_name: bool = False


ORIGINS: dict[str, Origin] = {
    "english": Origin(
        48,
        words(
            "James John Robert Michael David William Richard Thomas Charles Christopher Daniel Matthew Anthony Mark Paul Steven Andrew Kenneth Joshua "
            "Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Lawrence Justin Scott Benjamin "
            "Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Gerald Arthur Peter Harold Douglas Henry Carl Roger Keith Terence Graham "
            "Nigel Trevor Derek Clive Stuart Barry Neil Darren Wayne Lee Craig Dean Ashley Leslie Norman Alfred Harry Albert Frederick Simon Adam"
        ),
        words(
            "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Margaret Nancy Lisa Betty Dorothy Sandra Ashley Kimberly "
            "Donna Emily Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela Shirley Anna Catherine"
        ),
        words(
            "Smith Jones Taylor Brown Wilson Johnson Wright Walker White Hall Clarke Jackson Wood Harrison Turner Cooper Hill Ward Baker Green "
            "Carter Shaw Bennett Parker Marshall Cook Simpson Gray Mason Palmer Knight Hunt Fox Barnes Webb Rogers Chapman Ellis Foster Butler Lane"
        ),
        stems=words(
            "Ash Black Brad Brook Burn Can Chat Clay Cole Crow Dal Den Dray Dun East Ell Fair Farn Fen Gar Gold Grim Hal Hamp Hart Hather Haw "
            "Hazel Hem Hol Hors Hux Ing Kel Kirk Lang Law Lin Long Lud Mal Mar Mel Mid Mil More New Nor Oak Old Pem Pick Pres Rad Raven Red "
            "Ris Rock Row Rush Sand Shel Sher South Stan Stav Strat Swan Thorn Tor Tun Under Wad Wake War Wat Wes Whit Wil Win Wood Wor Wyn York"
        ),
        endings=words(
            "ton ley ford well by worth ham field wood brook ridge bury den dale stone croft combe hurst man son er cliffe stead wick"
        ),
    ),
    "welsh": Origin(
        6,
        words(
            "Aled Bryn Carwyn Dafydd Dewi Dylan Emyr Gareth Geraint Gethin Gwilym Huw Idris Ieuan Iestyn Iolo Iwan Llewelyn Llyr Meirion Owain Rhodri "
            "Rhys Sion Steffan Trefor Tudur"
        ),
        words("Angharad Bethan Branwen Bronwen Carys Catrin Cerys Delyth Eirlys Elin Ffion Gwen Lowri Mair Megan Nerys Nia Non Rhian Sian"),
        words(
            "Bebb Bevan Bowen Cadwallader Craddock Davies Evans Gethin Gittins Griffiths Gwynne Howell Hughes Jenkins Llewellyn Lloyd Maddocks Meredith "
            "Morgan Mostyn Nanney Owen Parry Penry Powell Pritchard Probert Prosser Pugh Rees Rhydderch Thomas Trahern Tudor Vaughan Wogan Wynne Yorath"
        ),
    ),
    "scottish": Origin(
        7,
        words(
            "Alasdair Angus Archibald Calum Cameron Colin Donald Dougal Duncan Ewan Fergus Finlay Fraser Gavin Gordon Gregor Hamish Iain Ivor Kenneth "
            "Lachlan Malcolm Murdo Neil Ranald Rory Ruaridh Struan Torquil"
        ),
        words(
            "Ailsa Aileen Catriona Eilidh Elspeth Fiona Flora Iona Isla Isobel Kirsty Lorna Mairi Morag Moira Morven Rhona Seonaid Sheena Shona"
        ),
        words(
            "Abercrombie Baillie Buchanan Campbell Carmichael Drummond Erskine Farquhar Galbraith Geddes Haldane Innes Kerr Lamont Leslie Lockhart Menzies "
            "Moncrieff Murray Napier Ogilvie Pringle Ramsay Rattray Sinclair Strachan Urquhart Wallace Wemyss"
        ),
        starts=words("Mac Mc"),
        stems=words(
            "Alister Arthur Aulay Bain Callum Caskill Coll Corquodale Crimmon Diarmid Donald Dougall Ewen Fadyen Farlane Fie Gill Gregor Innes Intosh "
            "Intyre Kay Kechnie Kellar Kenzie Kinnon Lachlan Laren Lean Leod Millan Nab Naughton Neil Phail Pherson Quarrie Rae Taggart Tavish Vicar"
        ),
    ),
    "irish": Origin(
        7,
        words(
            "Aidan Brendan Cathal Ciaran Colm Conor Cormac Daire Declan Dermot Diarmuid Donal Eamon Eoin Fergal Fintan Kieran Liam Lorcan Niall Oisin "
            "Padraig Ronan Ruairi Seamus Sean Tadhg Turlough"
        ),
        words(
            "Aine Aisling Aoife Brigid Caoimhe Ciara Deirdre Eimear Fionnuala Grainne Maeve Niamh Nuala Orla Roisin Saoirse Sinead Siobhan Sorcha Una"
        ),
        words(
            "Brady Brennan Byrne Cassidy Clancy Corrigan Coughlan Daly Delaney Devlin Doherty Donnelly Doyle Duffy Fallon Feeney Finnegan Flanagan Gallagher "
            "Geraghty Heffernan Hennessy Joyce Kavanagh Kearney Kelleher Lafferty Lynch Maguire Mulligan Nolan Quigley Rafferty Regan Scanlon Tierney"
        ),
        starts=words("O' Mc"),
        stems=words(
            "Brien Callaghan Carroll Casey Connell Connor Dea Dowd Driscoll Dwyer Farrell Flaherty Gara Gorman Grady Halloran Hanlon Hara Hare Keefe "
            "Kane Leary Loughlin Mahony Malley Meara Neill Reilly Rourke Shaughnessy Shea Sullivan Toole"
        ),
    ),
    "polish": Origin(
        6,
        words(
            "Adam Andrzej Bartosz Bogdan Cezary Czesław Dariusz Dawid Grzegorz Jacek Jakub Janusz Jarosław Jerzy Józef Kamil Krzysztof Łukasz Maciej "
            "Marcin Marek Mateusz Michał Mirosław Paweł Piotr Przemysław Radosław Rafał Sławomir Stanisław Tadeusz Tomasz Wiesław Wojciech Zbigniew"
        ),
        words(
            "Agata Agnieszka Barbara Beata Bożena Danuta Dorota Elżbieta Ewa Grażyna Halina Iwona Jadwiga Joanna Katarzyna Magdalena Małgorzata Zofia"
        ),
        words(
            "Nowak Mazur Krawczyk Wójcik Kaczmarek Zając Król Wieczorek Dudek Stępień Pawlak Sikora Baran Szewczyk Pietrzak Kozak Kubiak Szczepaniak Wróbel"
        ),
        stems=words(
            "Barcz Biał Bog Bor Brzez Chmiel Dąbr Dobr Gór Grab Jabł Jan Jasi Kamień Kaszub Kow Koz Krasz Leszcz Lew Lip Malin Mich Milcz Ostr Pawł "
            "Piotr Rogal Rzep Sad Sob Stach Sucho Szym Tom Wasil Wierzb Wiśni Wit Zaborz Zalew Zieli Żuk"
        ),
        endings=words("owski/owska iński/ińska ewski/ewska czyk/czyk owicz/owicz iak/iak ek/ek icki/icka"),
    ),
    "romanian": Origin(
        4,
        words(
            "Adrian Alexandru Andrei Bogdan Călin Cătălin Ciprian Constantin Cosmin Costel Cristian Dănuț Dorin Dragoș Dumitru Florin Gabriel George "
            "Gheorghe Horia Iulian Ioan Ion Ionuț Laurențiu Liviu Lucian Marian Marius Mihai Mircea Nicolae Octavian Ovidiu Petru Răzvan Ștefan Vasile"
        ),
        words(
            "Adriana Alina Ana Andreea Camelia Carmen Corina Cristina Daniela Elena Florentina Gabriela Ileana Ioana Iulia Loredana Luminița Mădălina"
        ),
        words(
            "Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Barbu Lungu Oprea Tudor Ungureanu Cozma Lazăr Nistor Neagu Pană"
        ),
        stems=words(
            "Anton Băl Bogd Brat Constantin Cristu Diac Dim Dobr Drag Filip Flor Georg Grigor Ilies Ion Luc Mar Mihăil Mir Mold Nicol Petr Pop Rad Roș "
            "Sim Stan Ștef Tănăs Teodor Tom Văcăr Vas Vlad"
        ),
        endings=words("escu eanu aru oiu ache ovici"),
    ),
    "south_asian": Origin(
        9,
        words(
            "Aamir Abdul Adeel Ahsan Ajay Amit Amjad Anil Arjun Arshad Ashok Asif Balwinder Bilal Deepak Dinesh Faisal Farhan Gurpreet Harjit Imran Iqbal "
            "Irfan Jagdish Jaswinder Kamran Karthik Kiran Kulwant Mahesh Manjit Mohan Naveed Parvez Pradeep Rajesh Rakesh Ramesh Ravi Sajid Salman Sanjay "
            "Shahid Suresh Tariq Usman Vijay Vikram Wasim Zahid"
        ),
        words(
            "Aisha Amina Anita Anjali Asha Deepa Farah Fatima Gurpreet Jasmin Kavita Lakshmi Meena Nadia Nasreen Neha Parveen Priya Rekha Rukhsana Saima"
        ),
        words(
            "Khan Patel Singh Ahmed Hussain Ali Begum Kaur Shah Malik Sharma Akhtar Mahmood Chowdhury Iqbal Gill Sandhu Dhillon Rahman Islam Miah Uddin "
            "Bhatti Butt Chaudhry Mirza Qureshi Sheikh Siddiqui Gupta Verma Joshi Mehta Desai Reddy Nair Menon Iyer Pillai Rao Banerjee Chatterjee "
            "Mukherjee Das Bose Ghosh Dutta Sen Perera Fernando Silva Gunawardena Jayasuriya Wickramasinghe Thapa Gurung Rai Limbu"
        ),
        stems=words(
            "Ahl Baj Bhag Bhar Chadd Dev Dhal Gar Gre Jag Jas Kap Khur Kohl Loh Mag Mal Man Nar Pan Ran Sab Sar Sin Tal Tej Vas Wal"
        ),
        endings=words("wal wani ani ia ra want war ota ari iwal apuri"),
    ),
    "arabic": Origin(
        4,
        words(
            "Mohammed Ahmed Ali Omar Yusuf Khalid Hassan Hussein Ibrahim Ismail Mustafa Mahmoud Abdullah Abdulrahman Adnan Bilal Faisal Fadi Ghassan Hamza "
            "Haytham Jamal Karim Kareem Majid Marwan Mazen Munir Nabil Nasser Nizar Rashid Samir Sami Tariq Walid Wissam Yasin Zaid Ziad"
        ),
        words(
            "Aisha Amal Amira Dalia Fatima Hala Hanan Huda Iman Khadija Laila Lamia Maryam Mona Nadia Najwa Noor Rania Salma Samira Yasmin Zainab"
        ),
        words(
            "Haddad Khoury Mansour Saleh Nasser Aziz Hamdan Darwish Sabbagh Najjar Hakim Shaheen Farouk Jaber Awad Barakat Ghanem Issa Kassab Nassar Odeh"
        ),
        starts=("al-", "El ", "Abu ", "bin "),
        stems=words(
            "Amin Asadi Baghdadi Basri Dabbagh Din Fadl Farsi Ghazali Habib Hariri Hashimi Jaziri Jabouri Khatib Kurdi Maliki Masri Mousa Najdi Obeidi "
            "Qasim Rawi Rifai Saadi Sadr Salem Samarrai Sayed Shami Tikriti Turki Yasiri Zahrani Zubaidi"
        ),
    ),
    "chinese": Origin(
        2,
        words(
            "Wei Jun Jie Hao Ming Tao Peng Chao Lei Bin Feng Gang Hui Jian Kai Liang Long Qiang Rui Shan Yong Zhiwei Xiaoming Guoqiang Jianhua Zhigang"
        ),
        words("Li Na Fang Yan Jing Min Juan Xia Hong Mei Ying Xiaoli Meiling Lihua Yulan Shufen Guihua Xiuying"),
        words(
            "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie Han Tang Feng Dong Xiao Cheng Cao Yuan "
            "Deng Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding Wei Xue Ye Yan Pan Du Dai Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin"
        ),
        has_one_given_name=True,
    ),
    "west_african": Origin(
        4,
        words(
            "Adebayo Adekunle Ayodele Babatunde Chidi Chinedu Chukwuemeka Ebenezer Ekow Emeka Femi Folarin Ifeanyi Kayode Kofi Kojo Kwabena Kwadwo Kwaku "
            "Kwame Kwasi Nnamdi Obinna Olumide Oluwaseun Segun Sunday Tunde Uche Yaw Yusufu"
        ),
        words(
            "Abena Adaeze Adwoa Akosua Ama Amara Chidinma Chioma Efua Esi Folake Funmilayo Ifeoma Ngozi Nkechi Ronke Temitope Titilayo Yetunde"
        ),
        words(
            "Mensah Owusu Boateng Asante Osei Appiah Agyeman Ofori Amoah Darko Okafor Nwosu Eze Obi Okoro Balogun Bello Danjuma Lawal Sesay Kamara Conteh"
        ),
        starts=words("Ade Ola Olu Oye Ogun Aki Ayo Okon Nwa Chuk Uzo Opo Amo"),
        stems=words(
            "bayo bola dele funmi goke kunle lanre leke lola niyi nuga sanya sola tola wale wole yemi chukwu gozi kwo ma ndu nze ku ako"
        ),
    ),
    "turkish": Origin(
        2,
        words(
            "Ahmet Ali Barış Burak Cem Cengiz Deniz Emre Engin Ercan Erdem Erol Fatih Ferhat Gökhan Hakan Hasan Hüseyin İbrahim Kemal Levent Mehmet Murat "
            "Mustafa Oğuz Okan Orhan Osman Ömer Ozan Sedat Selim Serkan Sinan Şükrü Tolga Tuncay Uğur Volkan Yusuf"
        ),
        words("Ayşe Aylin Ebru Elif Emine Esra Fatma Gülay Hatice Hülya Leyla Meltem Nurhan Özlem Pınar Selin Sevgi Şule Yıldız Zeynep"),
        words(
            "Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Güneş Bulut Erdoğan Tekin"
        ),
        stems=words("Ak Alt Ars Bal Boz Can Dağ Demir Er Gök Güler Hacı İmam Kadı Kara Koca Köse Mol Oruç Öz Sarı Taş Topal Türk Uz Yaz"),
        endings=words("oğlu kan soy taş han gil demir"),
    ),
    "russian": Origin(
        1,
        words(
            "Александр Алексей Анатолий Андрей Борис Вадим Валерий Виктор Владимир Геннадий Григорий Дмитрий Евгений Егор Иван Игорь Кирилл Константин "
            "Максим Михаил Николай Олег Павел Роман Сергей Степан Фёдор Юрий Ярослав"
        ),
        words(
            "Алла Анастасия Валентина Вера Галина Екатерина Елена Ирина Ксения Лариса Людмила Марина Наталья Ольга Светлана Татьяна Юлия"
        ),
        stems=words(
            "Абрам Андре Баран Белоус Вавил Василь Воробь Голуб Горбач Григор Гус Данил Егор Жук Зайц Зуб Иван Казак Калин Карп Кисел Козл Комар Кузнец "
            "Лебед Логин Макар Медвед Мельник Михайл Морд Назар Никит Орл Павл Пет Поляк Рыбак Сазон Семён Сокол Степан Тарас Тимоф Трофим Фёдор Хохл Шевел"
        ),
        endings=words("ов/ова ев/ева ин/ина енко/енко ский/ская"),
    ),
}
