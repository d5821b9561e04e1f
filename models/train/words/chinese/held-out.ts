import { templates } from "../bits.js";

/** A second set of phrasings that are never trained on: usual words in frames, orders and detours that no training sentence has. */
export const CHINESE_HELD_OUT = {
  take: templates(`
    ! 把手伸到{object}那里<抓住/拿住|verb:take>
    ! 我的要求很简单，<拿/抓|verb:take>{object}
    ! {object}看起来不错，<拿起来|verb:take>
    ! 除此以外不用管，只管<拿起/抓起|verb:take>{object}
    ! 有劳您<拿/抓|verb:take>{object}
    ! 你瞧{object}，<拿起来/抓起来|verb:take>`),
  "take out": templates(`
    ! {object}不该在那，{source_first_from}<拿出来/取出来|verb:out>
    ! 有人把东西放错了，把{object}{source_from}<拿出来|verb:out>
    ! 伸进去{source_first_from}<取出/拿出|verb:out>{object}
    ! 有劳您{source_first_from}(把/将){object}<拿出来/取出来|verb:out>`),
  give: templates(`
    ! 妈妈想用{object}，<拿给我/递给我|verb:give>
    ! 我手空着，(把/将){object}<给我/递给我|verb:give>
    ! 有没有可能<递给我/拿给我|verb:give>{object}
    ! 要是方便，(把/将){object}<拿给我/递过来|verb:give>`),
  put: templates(`
    ! {object}碍事，把它<放/移|verb:put>{goal}
    ! {object}以后就<放/摆|verb:put>{goal}
    ! 我决定了，{object}<放/摆|verb:put>{goal}
    ! 有劳您(把/将){object}<放/移/摆|verb:put>{goal}
    ! 选{object}<放|verb:put>{goal}
    ! 不知道{object}能不能<放/摆|verb:put>{goal}
    ! {object}看着乱，<收/放|verb:put>{goal}
    ! 要想整齐，就(把/将){object}<放/摆/收|verb:put>{goal}`),
  "move aside": templates(`
    ! {thing}离得太近了，(往/向){way}<推|verb:push>{distance}
    ! 腾点地方，(把/将){thing}(往/向){way}<推|verb:push>
    ! 有劳您(把/将){thing}(往/向/朝){way}<推|verb:push>{distance}`),
  drawer: templates(`
    ! 天冷，(把/将){drawer}<关上|verb:close>
    ! {drawer}不该敞着，<关上/关好|verb:close>
    ! 我手湿，你<打开/拉开|verb:open>{drawer}
    ! 没人<关|verb:close>{drawer}，你来
    ! 有劳您(把/将){drawer}<打开/拉开|verb:open>`),
  tidy: templates(`
    ! {place}乱糟糟的，<收拾一下/整理一下|verb:clear>
    ! 看不下去了，<收拾/清理|verb:clear>{place}
    ! {many}混在一起了，<按颜色|by-color><分开/分好|verb:sort>`),
  small: templates(`
    ! 不用再抓着了，<松手/放开|verb:release>
    ! 不着急，<等|verb:wait>{seconds}
    ! 有好看的，(往/向){look}<看|verb:look>`),
} as const;
