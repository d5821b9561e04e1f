import { templates } from "../bits.js";

export const CHINESE = {
  take: templates(`
    (你/)<去拿/去抓/去取/过去拿|verb:take>{object}
    (看到/看见/找到){object}(了吗/没/)，<拿起来/捡起来/抓住它|verb:take>
    (你/你去/)(把/将){object}<拿上/拿到手里/抓在手里/握在手里|verb:take>
    用手<抓住/拿起/拿住|verb:take>{object}
    {object}，<拿着它/拿起来/抓住|verb:take>
    (该/现在该/应该)<拿/取|verb:take>{object}了
    那里有{object}，<拿起来/拿上|verb:take>
    <拿/拿起/取/抓/抓住/抓起/捡起/夹起/拾起/举起/拿着|verb:take>{object}
    <拿/拿起/抓起/捡起|verb:take>{list}
    (把/将){object}<拿起来/抓起来/捡起来/夹起来/拿起/拿走/抓住/拿着/拿好/取走|verb:take>
    (把/将){list}<拿起来/捡起来|verb:take>
    {object}<拿起来/捡起来|verb:take>
    (需要你/你去/你来)<拿/抓/取/捡|verb:take>{object}
    <攥住/握住/提起|verb:take>{object}
    (把/将){object}<握住/提起来/攥住|verb:take>
    ! <拎起/钳住|verb:take>{object}
    ! {object}(麻烦你/)<拿一下|verb:take>
    ! 手里<抓着/拿着|verb:take>{object}就行`),
  "take out": templates(`
    {object}{source_from}<拿出来/取出来/掏出来|verb:out>
    (把/将){object}{source_from}<拽出来/提出来/夹出来|verb:out>
    (打开看看/看看/){source_first}{object}，<拿出来/取出来|verb:out>
    (我要/需要)(把/将){object}{source_from}<拿出来/取出来|verb:out>
    {source_first_from}(把/将){object}<提出来/弄走/拿走|verb:out>
    (把/将){source_first}{object}<拿出来/取出来/拿出/取出/夹出来/掏出来|verb:out>
    {source_first_from}(把/将){object}<拿出来/取出来/拿出/取出/拿下来/取下来|verb:out>
    (把/将){object}{source_from}<拿出来/取出来/拿出/取下来|verb:out>
    {source_first_from}<拿出/取出/掏出|verb:out>{object}
    {source_first_from}<拿/取/抓|verb:take>{object}
    <拿出/取出|verb:out>{source_first}{object}
    {source_first}{object}<拿出来/取出来|verb:out>
    (把/将){object}<拿出来/取出来/拿出|verb:out>
    ! (把/将){object}{source_from}<弄出来/捞出来|verb:out>
    ! {source_first_from}(给我/)<挑出/捞出|verb:out>{object}`),
  give: templates(`
    <把|none>{object}<递过来给我/送过来/给到我/拿来给我/带给我|verb:give>
    我想<要/拿|verb:give>{object}
    (能/可以/你能)<给我/递给我|verb:give>{object}吗
    {object}在哪，<拿给我/给我|verb:give>
    {object}，<给我/拿给我/递过来|verb:give>
    我<需要/想要/要用|verb:give>{object}
    <把|none>{object}<递给我/拿给我/给我/交给我/递过来/拿过来/送给我|verb:give>
    <给我/递给我/拿给我/交给我|verb:give>{object}
    <我要/我想要/我需要|verb:give>{object}
    <给我|verb:give><拿|verb:take>{object}
    {object}<给我/递给我/拿过来|verb:give>
    <给|verb:give>我<拿/取|verb:take>{object}
    ! <麻烦递|verb:give>{object}过来
    ! (把/将){object}<传过来/交到我手上/放我手里|verb:give>
    ! 我<想用/缺|verb:give>{object}`),
  put: templates(`
    (把/将){object}<弄/拨/归/塞|verb:put>{goal}
    {object}，<放/摆/移|verb:put>{goal}
    (我要/我想/你要)(把/将){object}<放/摆|verb:put>{goal}
    {object}<需要放/必须放/最好放/可以放/就放/的位置|verb:put>{goal}
    (请拿/拿/用){object}<放|verb:put>{goal}
    <放|verb:put>{object}{goal}
    (看到/看见/找到){object}(了吗/没/)，(把它/)<放/移/摆|verb:put>{goal}
    那里有{object}，(把它/)<放/移|verb:put>{goal}
    (应该/最好)(把/将){object}<放/移/收|verb:put>{goal}
    (在/往){goal_bare}<放上/摆上/放入|verb:put>{object}
    (把/将){object}<放/摆/移/搬/挪/丢/扔/收/装/送/转移|verb:put>{goal}
    (把/将){object}<放/摆/移/放|verb:put>{goal}
    (把/将){list}(都/全部/)<放/摆/移/搬|verb:put>{goal}
    {object}<放/摆/移|verb:put>{goal}
    {source_first_from}(把/将){object}<放/移/拿|verb:put>{goal}
    (把/将){object}{source_from}<拿/移|verb:put>{goal}
    <把|none>{object}<拿起来放/拿起放|verb:put>{goal}
    (让/叫){object}<待/呆/落|verb:put>{goal}
    {object}<应该放/要放/应该在/得放|verb:put>{goal}
    (请往/往){goal_bare}<放/摆/丢|verb:put>{object}
    (把/将){object}<搁/塞/安放/摆放/放置|verb:put>{goal}
    ! (把/将){object}<挪动/安置|verb:put>{goal}
    ! {object}(你/)<给我放|verb:put>{goal}
    ! 我想让{object}<躺/留|verb:put>{goal}`),
  "move aside": templates(`
    (把/将){thing}<推|verb:push>{distance}(往/向/到){way}
    {thing}(往/向){way}<推|verb:push>{distance}
    {thing}，(往/向){way}<推/推一下|verb:push>
    (把/将){thing}<推|verb:push>(到/往/向){way}
    (把/将){thing}(往/向/朝){way}<推/推动/推一下/推一推|verb:push>(一点/)
    (把/将){thing}<推|verb:push>(往/向/到){way}
    (把/将){thing}(往/向/朝){way}<推|verb:push>{distance}
    <推|verb:push>{thing}(往/向){way}
    (把/将){thing}(往/向/朝){way}<移/挪/移动/放|verb:put>(一点/)
    (把/将){thing}<推到/推向|verb:push>{towards}
    ! (让/叫){thing}(往/向/朝){way}<滑/顶|verb:push>{distance}
    ! {thing}(往/向/朝){way}<推推/挪挪|verb:push>`),
  drawer: templates(`
    让{drawer}<开着/打开|verb:open>
    让{drawer}<关上/关着|verb:close>
    (把/将){drawer}<拉出来/拽开/推开/开开|verb:open>
    (请/)(把/将){drawer}<关严实/关闭/推进去|verb:close>
    {drawer}(该/应该/要/需要)<打开/开着|verb:open>
    {drawer}(该/应该/要/需要)<关上/关着|verb:close>
    <打开/拉开/开/开启/开一下|verb:open>{drawer}
    <关上/关闭/关/合上/推上/关好|verb:close>{drawer}
    (把/将){drawer}<打开/拉开/开开|verb:open>
    (把/将){drawer}<关上/合上/关好/推回去/关起来/推进去/关紧|verb:close>
    {drawer}<打开/拉开|verb:open>
    {drawer}<关上/关好|verb:close>
    (我要/我想){drawer}<开着|verb:open>
    ! {drawer}<给我拉开/敞开|verb:open>
    ! <要是|if:next>{drawer}<开着|state:open>，就{now}<关上/合上|verb:close>它
    ! <要是|if:next>{drawer}<没|not><关严|state:closed>，就{now}<关上/合上|verb:close>它
    ! (记得/别忘了)(把/将){drawer}<带上/关严|verb:close>`),
  tidy: templates(`
    (把/将){place}<整理一下/清一下/清出来/打扫一下|verb:clear>
    {place}(该/需要/应该)<收拾了/清理/整理|verb:clear>
    {many}<按颜色|by-color><放好/分好|verb:sort>
    <收拾/清理/整理/清空/腾空/收拾一下/清理一下|verb:clear>{place}
    (把/将){place}<收拾干净/清理干净/清空/收拾一下/腾空|verb:clear>
    (把/将){many}<按颜色/按照颜色/根据颜色|by-color><分类/分好/归类/分开|verb:sort>
    <按颜色/按照颜色|by-color>(把/将){many}<分类/分好/分开|verb:sort>
    (把/将){many}<按颜色|by-color><放|verb:put>{goal_in}
    (把/将){many}<放|verb:put>进<对应颜色/相同颜色/同色|by-color>的{goal_plain}里
    (把/将){many}(都/)<按颜色|by-color><放|verb:put>到<对应|by-color>的{goal_plain}(里/上/)
    (把/将){everything}<放/收/移|verb:put>{goal}
    {everything}<放/收|verb:put>{goal}
    ! (把/将){place}<弄干净/归置一下|verb:clear>
    ! {many}<依照颜色|by-color><摆好/归位|verb:sort>`),
  small: templates(`
    (把/)手<松开/张开|verb:release>
    (转/转过头)(往/向){look}<看|verb:look>
    <停/停下等|verb:wait>{seconds}
    <看/看向/看一下/看看|verb:look>{look}
    (往/向/朝){look}<看/看看/看一下|verb:look>
    <等/等待/暂停/等一下|verb:wait>{seconds}
    <松开/松手/放开/张开手/松开手/打开夹爪/放手|verb:release>
    (把/将){object}<放下/放下来|verb:release>
    <放下|verb:release>{object}
    (把/将){it}<放下/放下来|verb:release>
    ! (镜头/头)(转向/朝){look}<转|verb:look>
    ! <歇|verb:wait>{seconds}
    ! <撒手/手张开|verb:release>`),
} as const;

export const CHINESE_SEQUELS = templates(`
  (把/将){object}<放/装/丢/收|verb:put>{into_it}
  (把/将){it}<放/装|verb:put>{into_it}
  <放/丢|verb:put>{into_it}
  (把/将){inside}{object}<拿出来/取出来|verb:out>
  <拿出/取出|verb:out>{inside}{object}
  (把/将){inside}{object}<放/移|verb:put>{goal}
  (再/)<关上/关好/合上|verb:close>
  (把/将){it}<放/移/摆|verb:put>{goal}
  <放/摆/丢|verb:put>{goal}
  <放/丢|verb:put>{goal}
  (把/将){it}<递给我/给我/拿给我|verb:give>
  <递给我/给我|verb:give>
  <关上/关好|verb:close>{drawer}
  (把/将){it}<放下|verb:release>`);
