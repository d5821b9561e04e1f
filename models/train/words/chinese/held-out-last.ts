import { templates } from "../bits.js";

/**
 * A third set, written when everything else was done and read by nobody before the final figures: neither the training sentences
 * nor the rules behind the reader were changed after a look at what it gets wrong.
 */
export const CHINESE_HELD_OUT_LAST = {
  take: templates(`
    ! 弯下腰<拿起/捡起|verb:take>{object}
    ! 只要你<拿/抓|verb:take>{object}就成
    ! {object}归你，<拿起来/拿好|verb:take>
    ! 指一下{object}，现在<抓住/拿起来|verb:take>`),
  "take out": templates(`
    ! 谁放的{object}，{source_first_from}<拿出来/取出来|verb:out>
    ! 打开找找，(把/将){object}{source_from}<拿出来|verb:out>
    ! {source_first_from}找到{object}并<拿出来/取出来|verb:out>`),
  give: templates(`
    ! 找不到{object}了，<拿给我/递给我|verb:give>
    ! 乖，(把/将){object}<给我/拿给我|verb:give>
    ! 有{object}就好了，<递给我/拿过来|verb:give>`),
  put: templates(`
    ! 奶奶总把{object}<放/摆|verb:put>{goal}，照做
    ! 换我的话会把{object}<放/移|verb:put>{goal}
    ! 别的先不管，(把/将){object}<放/摆|verb:put>{goal}
    ! 最后收个尾，(把/将){object}<放/收|verb:put>{goal}
    ! 你肯定能把{object}<放/移|verb:put>{goal}
    ! {object}一直是<放|verb:put>{goal}的`),
  "move aside": templates(`
    ! 再过去一点，(把/将){thing}(往/向){way}<推|verb:push>{distance}
    ! {thing}挡住视线了，(往/向){way}<推|verb:push>`),
  drawer: templates(`
    ! 想看看里面，<打开/拉开|verb:open>{drawer}
    ! {drawer}忘了关，<关上/关好|verb:close>
    ! 风大，(把/将){drawer}<关上/关好|verb:close>`),
  tidy: templates(`
    ! 一样都别留，<清空/收拾|verb:clear>{place}
    ! 让{many}整齐点，<按颜色|by-color><分好/分开|verb:sort>`),
  small: templates(`
    ! 放松，<松手/松开|verb:release>
    ! 稍安勿躁，<等|verb:wait>{seconds}
    ! 那边是什么，(往/向){look}<看|verb:look>`),
} as const;
