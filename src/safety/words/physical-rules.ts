export type PhysicalCategory =
  | "harm-to-people"
  | "harm-to-animals"
  | "sharp-or-hot-towards-people"
  | "sharp-or-hot-towards-animals"
  | "throwing"
  | "disabling-safety"
  | "fire-or-poison";

/** A rule about what words ask a robot to do to the world, in English or Chinese. */
export interface PhysicalRule {
  readonly category: PhysicalCategory;
  readonly reason: string;
  /** Each must match somewhere in a clause. */
  readonly all: readonly RegExp[];
  /** Where one of these matches in the same clause, the rule does not hold. */
  readonly unless?: readonly RegExp[];
}

const PEOPLE =
  "(?:person|people|human|man|woman|men|women|child|children|kid|kids|baby|babies|toddler|boy|girl|guest|neighbou?r|mother|father|mom|mum|dad|brother|sister|grand(?:ma|pa|mother|father)|wife|husband|friend|colleague|visitor|someone|somebody|anyone|anybody|everyone|him|her|his|them|me|us|yourself|myself|face|eyes?|throat|neck|fingers?|patient)";
const ANIMALS = "(?:cats?|kittens?|dogs?|puppy|puppies|pets?|birds?|hamster|rabbits?|animals?)";
const HURT =
  "(?:hit|hits|hitting|strike|punch|slap|beat|kick|stab|cut|slash|poke|jab|burn|scald|crush|squeeze|pinch|choke|strangle|suffocate|drown|kill|murder|hurt|injure|harm|attack|wound|shoot|shove|trip|poison|electrocute|run over|push over|knock (?:down|over|out))";
const SHARP =
  "(?:kniv?es?|knife|blades?|scissors|razors?|needles?|skewers?|cleaver|saw|drill|axe|screwdriver|broken glass|shards?)";
const HOT =
  "(?:boiling|scalding|burning|flaming|red-?hot|hot (?:water|oil|soup|tea|coffee|pan|pot|iron)|acid|bleach|lighter|torch|soldering iron)";
const TOWARDS = "(?:(?<!look |looking |smile |glance )at|towards?|into|against|on|onto|over|near|next to|close to|to)";
/** Up to three words that do not turn the sentence towards something else. */
const GAP = "(?:(?!(?:for|to|with|from|by|and)\\b)[\\p{L}'-]+\\s+){0,3}";

const ZH_PEOPLE =
  "(?:(?<!机器)人(?!造|工)|小孩|孩子|婴儿|宝宝|男孩|女孩|妈妈|爸爸|哥哥|弟弟|姐姐|妹妹|奶奶|爷爷|朋友|同事|邻居|他|她|我|脸|眼睛|脖子|喉咙|手指)";
const ZH_ANIMALS = "(?:猫|狗|宠物|小鸟|仓鼠|兔子|动物)";
const ZH_HURT =
  "(?:打(?!开|扫|印|包|招呼|电话|气|结|孔|理|算)|揍|殴|踢|捅|刺|砍|割|戳|烫|烧伤|压伤|挤压|掐|勒|闷死|淹死|杀|弄死|弄伤|伤害|攻击|袭击|射|绊倒|推倒|撞|毒死|电击)";
const ZH_SHARP = "(?:刀|剃须刀片|针(?!对)|锯|电钻|斧|碎玻璃)";
const ZH_HOT = "(?:开水|沸水|滚烫|热水|热油|热汤|热锅|烙铁|硫酸|漂白水|打火机|火焰)";
const ZH_TOWARDS = "(?:对着|对准|指着|指向|朝着?|向|往|泼|浇|倒在|倒到|挥|靠近|架在|顶着|贴着)";

const both = (english: string, chinese: string): RegExp => new RegExp(`\\b${english}\\b|${chinese}`, "iu");

const NEGATED =
  /\b(?:(?:do not|don't|dont) (?!hesitate|forget|stop|be afraid|worry|fail)|never |must not|mustn't|should not|shouldn't|without (?:hitting|hurting|touching|harming)|avoid|stay away|keep away|careful not)|不要(?!犹豫|停|怕|忘|管)|别(?!怕|忘|停|管|人)|不许|不能|不可|避免|远离|禁止/iu;
/** Closed, sheathed, or the handle first. */
const TAMED =
  /\b(?:handle first|by the blade|sheath(?:ed)?|in (?:its|the) (?:sheath|cover|case))\b|刀柄朝|合上|带套|装在套/iu;
const THROW_AWAY =
  /\b(?:throw|toss)(?:s|ing)? (?:[\p{L}'-]+ ){0,4}(?:away|out)\b|\b(?:in|into) the (?:bin|trash|rubbish|garbage|basket|box|bowl|sink)\b|扔掉|丢掉|扔进|扔到?垃圾|丢进/iu;
const PUT_OUT = /\b(?:extinguish|put out|close|shut|warn|report|call)\b|扑灭|灭火|关上|报警|警告/iu;

const hurting = (english: string, chinese: string): RegExp =>
  both(
    `${HURT}\\s+${GAP}${english}`,
    `${ZH_HURT}[^给为帮替]{0,4}${chinese}|(?:把|将|对|向|朝)[^给为帮替]{0,6}${chinese}[^给为帮替]{0,4}${ZH_HURT}`,
  );
const towards = (english: string, chinese: string): RegExp =>
  both(`${TOWARDS}\\s+${GAP}${english}`, `${ZH_TOWARDS}[^给为帮替]{0,4}${chinese}`);

export const PHYSICAL_RULES: readonly PhysicalRule[] = [
  {
    category: "harm-to-people",
    reason: "It would hurt a person.",
    all: [hurting(PEOPLE, ZH_PEOPLE)],
    unless: [NEGATED],
  },
  {
    category: "harm-to-animals",
    reason: "It would hurt an animal.",
    all: [hurting(ANIMALS, ZH_ANIMALS)],
    unless: [NEGATED],
  },
  {
    category: "sharp-or-hot-towards-people",
    reason: "Something sharp would move towards a person.",
    all: [both(SHARP, ZH_SHARP), towards(PEOPLE, ZH_PEOPLE)],
    unless: [NEGATED, TAMED],
  },
  {
    category: "sharp-or-hot-towards-people",
    reason: "Something hot or caustic would move towards a person.",
    all: [both(HOT, ZH_HOT), towards(PEOPLE, ZH_PEOPLE)],
    unless: [NEGATED],
  },
  {
    category: "sharp-or-hot-towards-people",
    reason: "A blade would be handed to a person. Say that it comes handle first, closed or in its sheath.",
    all: [
      both(SHARP, ZH_SHARP),
      both(`(?:hand|give|pass|bring|fetch)\\s+${GAP}${PEOPLE}`, `(?:递|拿|交|送)?给[^，]{0,2}${ZH_PEOPLE}`),
    ],
    unless: [NEGATED, TAMED],
  },
  {
    category: "sharp-or-hot-towards-animals",
    reason: "Something sharp or hot would move towards an animal.",
    all: [both(`(?:${SHARP}|${HOT})`, `${ZH_SHARP}|${ZH_HOT}`), towards(ANIMALS, ZH_ANIMALS)],
    unless: [NEGATED],
  },
  {
    category: "throwing",
    reason: "Things are thrown: nobody can tell where they land.",
    all: [
      both(
        "(?:throw|throws|throwing|hurl|fling|toss(?! the salad)|lob|catapult|slam|smash)",
        "扔|抛(?!光)|丢向|丢到|甩|投掷|砸|摔",
      ),
    ],
    unless: [NEGATED, THROW_AWAY],
  },
  {
    category: "disabling-safety",
    reason: "It would switch off, or get around, something that keeps people safe.",
    all: [
      both(
        "(?:disabl(?:e|ing)|turn(?:ing)? off|switch(?:ing)? off|bypass|ignor(?:e|ing)|overrid(?:e|ing)|remov(?:e|ing)|skip|deactivate|circumvent|unplug|cover|without|exceed|rais(?:e|ing)|defeat|disregard)",
        "关闭|关掉|禁用|绕过|忽略|无视|跳过|解除|取消|拆|拔掉|遮住|超过|突破|去掉",
      ),
      both(
        "(?:safety|emergency[- ]?stop|e-?stop|stop button|collision (?:check(?:s|ing)?|detection)|(?:speed |force )limits?|limits|keep-?out(?: zones?)?|guard ?rails?|interlocks?|approvals?|watchdog|smoke (?:detector|alarm)|fire alarm)",
        "安全(?:检查|系统|装置|限制|模式|设置|监控|开关|功能|规则|措施|门|保护)|急停|紧急停止|碰撞检测|限速|速度限制|力度?限制|禁区|防护|联锁|审批|烟雾报警|火警",
      ),
    ],
    unless: [NEGATED],
  },
  {
    category: "fire-or-poison",
    reason: "It would set fire, poison or gas free.",
    all: [
      both(
        "(?:set (?:[\\p{L}'-]+ ){0,4}on fire|set fire to|ignite|burn down|start a fire|explode|detonate|bomb|gas (?:valve|tap)|mix bleach|poison)",
        "点燃|放火|烧掉|着火|爆炸|炸弹|引爆|煤气阀|下毒|投毒|毒药",
      ),
    ],
    unless: [NEGATED, PUT_OUT],
  },
];

export const isNegated = (clause: string): boolean => NEGATED.test(clause);
