import { templates } from "../words/bits.js";

/** What is said to a robot besides missions. */
export const ENGLISH_CONTROLS = templates(`
  (please/robot/okay/hey/now/) stop
  stop (now/it/please/moving/right there/the robot/the arm/that/everything/at once/immediately)
  (okay/no/robot/please/) stop (now/it/please/moving/that)
  (put it down and/no no/you must/i said/) stop
  (halt/freeze/hold on/wait/wait a moment/pause/cancel/cancel that/never mind/abort/emergency)
  (go on/continue/carry on/resume/start/start again/try again/once more/do it again/undo that)
  (yes/no/okay/sure/all right/thank you/thanks/good job/well done/that is wrong/that is right/hello/goodbye/good morning)
  (yes/no/okay/hello/thank you/wait/cancel/continue) (please/robot/thanks/now/)
  (help/help me/listen/be careful/slow down/speed up/hurry up/come here/go home/look here/turn around)
  what (do you see/are you doing/is that/is in the drawer/is on the table/can you do)
  (where is/do you see/can you see/show me/find) the (red/blue/green/yellow/black/white/) (mug/bag/can/bottle/apple/banana/lemon/sponge/box/block/bowl)`);

export const CHINESE_CONTROLS = templates(`
  (请/快/马上/机器人/现在/)停
  (请/快/马上/机器人/现在/)停(下/止/下来/一下)
  (停停停/停止动作/停在那里/停手/不要动了停下/先停)
  (别动/等一下/取消/继续/重新开始/再来一次/不要动/快点/慢点)
  (是/是的/不/不是/好/好的/可以/对/不对/谢谢/你好/早上好/再见)
  (你看到什么/你在做什么/里面有什么/这是什么)
  (红色的/绿色的/蓝色的/黄色的/)(杯子/袋子/罐子/瓶子/苹果/香蕉/柠檬/盒子/积木/碗)在哪里`);

/** Other speech, so that not everything is taken for a mission. */
export const ENGLISH_CHATTER = templates(`
  (i think/they said/we know/do you know if/my sister says/he told me) (it will rain/the train is late/the shop is closed/we are early/it costs a lot) (today/tomorrow/on monday/next week/)
  the (weather/traffic/coffee/music/movie/food/meeting) (is/was) (very/really/not/quite) (good/bad/long/loud/cold/boring) (today/yesterday/this morning/)
  (yesterday/last year/in the morning/after work) (we/i/they/my friends) (went to/came from/stayed at/walked to) (the park/the station/school/the beach/a museum/the city)
  (can you/could you/would you) (call/write to/wait for/talk to) (my mother/the doctor/our teacher/him/her) (tonight/at six/before lunch/)
  (how/why/when/where) (did you/do they/can we/should i) (learn that/buy tickets/find the station/cook the fish/stay so long)
  (one/two/three/four/five/six) (dogs/children/people/houses/ships/birds) (were running/are sleeping/live here/sing loudly/left early)
  (step/top/shop/stock/stuff/start/drop/spot/stand/stay/stone/store) (by/up/over/off/and) (the hill/the road/the river/again/here)
  the (top/shop/step/store/spot/stamp/stone/stump) (is/was) (open/near/hot/small/on top/at the top)
  (she/he) (bought/lost/saw/painted/sold) (a new car/her old watch/the big picture/some flowers/an umbrella)
  (history/science/language/nature) (is what/helps us when/matters if) (we study/they travel/you read/people meet)`);

export const CHINESE_CHATTER = templates(`
  (今天/明天/昨天)(天气/水/饭)(很好/很冷/很热/怎么样/不好)
  (现在/早上/晚上)(几点/八点/十点/下雨/下雪)(了/吗/)
  (我/你/他/朋友/妈妈/爸爸)(喜欢/听/看)(音乐/书/电视/雨/狗/猫)
  (你/他)(叫什么/叫什么名字/去哪里/在哪里工作/是什么人)
  (我们/他们/朋友)(一起/明天/晚上)(去/来)(学习/工作/吃饭/看书/睡觉)
  (请听/听听/听话/请问/定时/顶上/听说)(音乐/有雨/几点了/在哪/明天有雨)`);

/** Any of these in any order: 12 % of the English texts, so that the network spells what it hears and not what it expects. */
export const SALAD =
  "about above across after again air all along also always animal answer any around ask away back bad bath beach began behind below best better between bird bit blow body bone book born bottom bread bridge bright bring brother brush build burn busy buy cake calm camp card care carry catch change chair cheap check child choose city clean clear climb clock cloud coat cold come cook cool corner cost count cover cross cry cut dance dark day deep dinner dirty dish doctor dog door dream dress dry dust each early earth easy edge egg eight empty end enough even ever every eye face fall family farm fast feed feel few field fight find fine finger fire first fish fix flat floor flower fly follow food foot forest fork forty four free fresh friend frog full game garden gate gentle gift girl glad glass glove gold grass great ground group grow guess half hammer hang happy hard heart heavy hide high hill hold hole hope horse hot hour house huge hundred hurt ice inch inside iron island jacket job join joke juice jump just keep key kick king kitchen knee knife know ladder lamp land large last late laugh lead leaf learn leave lend less letter light like line list little live loose loud love low luck lunch machine make many map mark match meal mean measure meet melt metal middle milk mind minute mix money month moon more morning mother mountain mouth much music nail name narrow near neck needle new next night nine noise north nose note now number ocean odd offer often oil old only open orange order other over page paint pan pants paper part past path pay peace pencil pepper phone photo piano piece pillow pipe plan plant plastic play please pocket point police poor post pot pound pour power press pretty price proud pull push quick quiet quite race radio rain raise reach read ready real remote repeat rest rice rich ride ring river road rock roof room root rope rough round rub rule run sad safe salt same sand save say scale school scissors sea season seat see seed sell send seven shade shake shape sharp sheep ship shirt shoe short shoulder show shut sick silver simple sing sister six skin skirt sky sleep slip slow smell smile smoke smooth snow soap soft soil some song soon sound soup sour space spade speak spell spend spoon spread spring square stair stamp stand star stay steam steel stick still stone store storm story straight strange street string strong sugar summer sun sweet swim switch tail talk taste teach team tell tent test thick thin think thirsty thousand thread three throat throw thumb ticket tie tiger time tired today together tomorrow tongue tool tooth touch towel town track trade train tree trip trouble trousers true trust truth try turn twenty twice twin two ugly uncle under until upper use valley van view village visit voice wait wake walk wall want warm wash waste watch water wave weak wear weather week weight wet wheel white wide wild wind window wing winter wipe wire wise wish woman wonder wood wool word work world worm write wrong yard year yellow yesterday young zero zoo".split(
    " ",
  );

/** What is nearly "stop". */
export const NEAR_STOP =
  "top tops step steps stock shop shops stuff drop drops spot spots start stand stay stick stack stamp stump stoop store storm stone stove staff stab stub state still stool tap tip hop hot chop crop prop pop cop mop stocking stalk star dark not got lot pot dot box block lock rock clock sock socks cost lost scoop sharp swap strap strip stripe atop laptop tabletop upstairs outstep just on top last option honest opinion best of at most of this top most operate is to put its top cast up first up dust up must operate".split(
    " ",
  );

/** What is nearly 停, among characters of the table. */
export const NEAR_TING = "听听听顶请请清应英明名并天第点电疼灯等东动冷零";
