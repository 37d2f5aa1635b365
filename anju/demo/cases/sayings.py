"""What owners of the demonstration say, and what it turned out to be; data in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anju.casework.kinds import CaseKind, Party, Spot
from anju.survey.rules.questionnaire import Words

W, K, H, C = Words, CaseKind, Spot.HOME, Spot.COMMON
WINTER = {12: 2.4, 1: 2.8, 2: 2.0, 11: 1.4}
RAINS = {6: 2.6, 7: 3.0, 8: 1.8, 5: 1.5, 9: 1.4}
SUMMER = {6: 1.6, 7: 2.0, 8: 2.0}


@dataclass(frozen=True, slots=True)
class Saying:
    """An owner's words, the cause found, and what was done about it."""

    words: Words
    cause: Words
    done: Words


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how often it comes in a month, by season, and where it lies."""

    category: str
    kind: CaseKind
    lies: Spot
    monthly: float
    sayings: tuple[Saying, ...]
    season: Mapping[int, float] = field(default_factory=dict)
    party: Party = Party.PROPERTY
    spots: tuple[Words, ...] = ()

    @property
    def home(self) -> bool:
        """Say whether its matters lie inside a home."""
        return self.lies is Spot.HOME


def _s(words: tuple[str, str], cause: tuple[str, str], done: tuple[str, str]) -> Saying:
    return Saying(W(*words), W(*cause), W(*done))


HALLS = (
    W("单元门厅", "Entrance hall"),
    W("地下车库", "Garage"),
    W("电梯厅", "Lift lobby"),
    W("中心花园", "Garden"),
    W("北门", "North gate"),
)
LIFTS = (W("1 号梯", "Lift 1"), W("2 号梯", "Lift 2"))
TOPICS: tuple[Topic, ...] = (
    Topic(
        "water", K.REPAIR, H, 13,
        (
            _s(("厨房水龙头关不紧，一直滴水", "The kitchen tap keeps dripping"), ("阀芯老化", "Worn valve"), ("更换阀芯，试水正常", "Valve replaced and tried")),
            _s(("卫生间地漏反味，下水也慢", "The bathroom drain smells and runs slowly"), ("地漏堵塞", "Blocked drain"), ("疏通并加装防臭芯", "Cleared, odour trap fitted")),
            _s(("洗手池下面的软管在漏水，用盆接着", "The hose under the basin leaks, I put a bowl there"), ("软管接头开裂", "Cracked hose joint"), ("更换软管", "Hose replaced")),
            _s(("马桶一直流水，水表转得快", "The toilet keeps running and the meter turns"), ("水箱浮球失灵", "Faulty float"), ("更换进水阀", "Inlet valve replaced")),
            _s(("家里水压特别小，洗澡都不行", "Water pressure is too low for a shower"), ("减压阀滤网堵塞", "Blocked filter"), ("清洗滤网，水压恢复", "Filter cleaned, pressure is back")),
            _s(("楼上往下滴水，卫生间顶湿了一片", "Water drips from above, the bathroom ceiling is wet"), ("楼上地漏周边渗水", "Leak around the drain above"), ("联系楼上业主，重做地漏密封", "Sealed with the owner above")),
        ), WINTER,
    ),
    Topic(
        "roof", K.REPAIR, H, 5,
        (
            _s(("下雨后卧室外墙渗水，墙皮都起泡了", "After rain the bedroom wall is damp and blisters"), ("外墙防水老化", "Aged waterproofing"), ("外墙重做防水", "Wall waterproofed again")),
            _s(("阳台顶一下雨就渗，地上一摊水", "The balcony ceiling leaks whenever it rains"), ("楼上阳台缝隙", "Gap in the balcony above"), ("打胶封缝，淋水试验合格", "Sealed and tested with water")),
            _s(("飘窗窗台渗水，木地板翘了", "The bay window leaks and the floor has risen"), ("窗框密封胶开裂", "Cracked window sealant"), ("更换密封胶", "Sealant replaced")),
            _s(("顶楼屋面渗漏，客厅灯都不敢开", "The roof leaks, I dare not use the light"), ("屋面防水层破损", "Damaged roof layer"), ("局部翻修屋面防水", "Roof layer repaired")),
        ), RAINS, Party.DEVELOPER,
    ),
    Topic(
        "power", K.REPAIR, H, 7,
        (
            _s(("家里一开取暖器就跳闸", "The breaker trips when the heater is on"), ("回路负荷过大", "Overloaded circuit"), ("调整回路并更换空开", "Circuit changed, breaker replaced")),
            _s(("客厅插座没电，别的房间正常", "No power at the living-room socket only"), ("插座接线松动", "Loose wiring"), ("重新接线", "Rewired")),
            _s(("入户电表箱有嗡嗡声，担心安全", "The meter box hums, is it safe?"), ("接触器松动", "Loose contactor"), ("紧固并测温", "Tightened and measured")),
        ), WINTER,
    ),
    Topic(
        "power", K.REPAIR, C, 5,
        (
            _s(("楼道灯不亮，晚上回来看不见", "The stair light is out, I cannot see at night"), ("灯管损坏", "Broken lamp"), ("更换灯具", "Lamp replaced")),
            _s(("车库照明坏了好几盏", "Several garage lights are out"), ("驱动损坏", "Failed driver"), ("更换驱动和灯管", "Driver and lamps replaced")),
        ), spots=HALLS,
    ),
    Topic(
        "lift", K.REPAIR, C, 5,
        (
            _s(("电梯运行有异响，晃得厉害", "The lift makes a noise and shakes"), ("导靴磨损", "Worn guide shoes"), ("更换导靴", "Guide shoes replaced")),
            _s(("电梯按钮没反应，要按好几次", "The lift button needs several presses"), ("按钮板接触不良", "Bad contact"), ("更换按钮板", "Button panel replaced")),
            _s(("电梯门关不上，反复开合", "The lift door will not close"), ("门机光幕脏污", "Dirty door sensor"), ("清洁并调试光幕", "Cleaned and adjusted")),
        ), party=Party.CONTRACTOR, spots=LIFTS,
    ),
    Topic(
        "doors", K.REPAIR, C, 5,
        (
            _s(("单元门关不严，谁都能进", "The entrance door does not close"), ("闭门器漏油", "Leaking closer"), ("更换闭门器", "Closer replaced")),
            _s(("门禁刷卡没反应，老人进不来", "The card reader is dead, my mother cannot get in"), ("读卡器故障", "Faulty reader"), ("更换读卡器", "Reader replaced")),
        ), spots=HALLS[:1],
    ),
    Topic(
        "doors", K.REPAIR, H, 4,
        (
            _s(("可视对讲没有声音", "The intercom has no sound"), ("听筒损坏", "Broken handset"), ("更换听筒", "Handset replaced")),
            _s(("阳台窗户把手松了，关不紧", "The balcony window handle is loose"), ("把手螺丝滑丝", "Stripped screw"), ("更换把手", "Handle replaced")),
        ),
    ),
    Topic(
        "facilities", K.REPAIR, C, 4,
        (
            _s(("儿童滑梯边上有裂口，怕划伤孩子", "The slide has a crack that could cut a child"), ("塑料老化", "Aged plastic"), ("更换滑梯面板", "Panel replaced")),
            _s(("车库入口地面坑洼，下雨积水", "The garage entrance is uneven and floods"), ("路面沉降", "Settled surface"), ("修补路面", "Surface repaired")),
            _s(("充电桩插上不充电", "The charging post does not charge"), ("模块故障", "Faulty module"), ("更换模块", "Module replaced")),
        ), SUMMER, spots=HALLS[1:],
    ),
    Topic(
        "cleaning", K.COMPLAINT, C, 1.6,
        (
            _s(("楼道三天没人打扫，垃圾堆在门口", "Nobody has cleaned the stairs for three days"), ("保洁换人未交接", "Cleaner changed without handover"), ("补扫并重排班次", "Cleaned, shifts set anew")),
            _s(("垃圾桶满了没人清，一股臭味", "The bins are full and smell"), ("清运车晚到", "Late collection"), ("加密清运", "Collected more often")),
        ), SUMMER, Party.CONTRACTOR, HALLS,
    ),
    Topic(
        "noise", K.COMPLAINT, H, 1.5,
        (
            _s(("楼上晚上十一点还在拖桌椅，老人睡不着", "Furniture is dragged above at eleven at night"), ("邻里作息不同", "Different hours"), ("上门劝导，楼上加装脚垫", "Spoke with them, pads fitted")),
            _s(("隔壁装修中午也在打钻", "Drilling next door during the noon rest"), ("未按时段施工", "Work outside the hours"), ("责令整改并张贴公告", "Stopped and announced")),
        ), party=Party.OUTSIDE,
    ),
    Topic(
        "safety", K.COMPLAINT, C, 1.4,
        (
            _s(("门岗不看卡就放人进来", "The gate lets people in without a look"), ("新员工不熟流程", "New guard, unsure"), ("重新培训并抽查", "Trained again and checked")),
            _s(("有人从高层扔烟头，太危险", "Somebody throws cigarettes from above"), ("高空抛物", "Thrown objects"), ("张贴警示并调取监控", "Warned, camera looked at")),
        ), party=Party.PROPERTY, spots=HALLS[-1:],
    ),
    Topic(
        "conduct", K.COMPLAINT, H, 1.4,
        (
            _s(("打电话报修没人接，打了三次", "I called three times and nobody answered"), ("高峰期仅一人值班", "One person on duty"), ("调整排班，道歉", "Rota changed, apologised")),
            _s(("师傅上门态度不耐烦，没说清楚就走了", "The fitter was impatient and left without explaining"), ("沟通不到位", "Poor communication"), ("约谈当事人并致歉", "Spoken to, apologised")),
        ),
    ),
    Topic(
        "greening", K.COMPLAINT, C, 1,
        (
            _s(("一楼窗前的树太密，屋里照不进光", "Trees in front of the window take all light"), ("修剪不及时", "Late pruning"), ("修剪树枝", "Trees pruned")),
            _s(("草坪上都是狗屎，没人管", "Dog mess on the lawn and nobody cares"), ("巡查不足", "Too few rounds"), ("清理并增设提示牌", "Cleaned, signs set up")),
        ), SUMMER, spots=HALLS[3:4],
    ),
    Topic(
        "fees", K.ENQUIRY, H, 6,
        (
            _s(("想问一下今年物业费怎么开发票", "How do I get an invoice for this year’s fee?"), ("咨询", "Enquiry"), ("已说明开票流程", "Explained")),
            _s(("车位管理费和物业费能一起交吗", "Can I pay the parking fee together with the service fee?"), ("咨询", "Enquiry"), ("可以一起交，已告知方式", "Yes; told how")),
        ), {1: 2.0, 12: 1.8},
    ),
    Topic(
        "other", K.ENQUIRY, H, 4,
        (
            _s(("水卡丢了在哪里补", "Where do I replace a lost water card?"), ("咨询", "Enquiry"), ("已告知补办地点", "Told where")),
            _s(("小区快递柜什么时候增加", "When will there be more parcel lockers?"), ("咨询", "Enquiry"), ("已说明计划", "Told the plan")),
        ),
    ),
    Topic(
        "decoration", K.SERVICE, H, 6,
        (
            _s(("下周装修，需要办开工证", "We renovate next week and need a permit"), ("手续", "Papers"), ("已办理并提醒施工时段", "Done, hours explained")),
            _s(("周末搬家，要开出门条并预留电梯", "Moving out on the weekend: slip and lift please"), ("手续", "Papers"), ("已开出门条并预留电梯", "Slip given, lift kept")),
        ), {3: 1.6, 4: 1.5, 10: 1.4},
    ),
    Topic(
        "facilities", K.SUGGESTION, C, 3,
        (
            _s(("建议在单元门口加一把休息椅，方便老人", "A bench at the entrance would help old people"), ("建议", "Suggestion"), ("已列入改造计划", "Planned")),
            _s(("建议车库出口装一面反光镜", "A mirror at the garage exit, please"), ("建议", "Suggestion"), ("已安装", "Fitted")),
        ), spots=HALLS,
    ),
    Topic(
        "conduct", K.PRAISE, H, 2.4,
        (
            _s(("张师傅大半夜来修水管，还把地拖干净了，谢谢", "The fitter came at night and even wiped the floor, thank you"), ("表扬", "Praise"), ("已转达并通报表扬", "Passed on and posted")),
            _s(("周管家帮我妈妈拎菜上楼，很感动", "The steward carried my mother’s shopping up, so kind"), ("表扬", "Praise"), ("已转达", "Passed on")),
        ),
    ),
)  # fmt: skip
# Parking complaints a month, oldest first: steady, but for the month before the last, which is a spike
# that must warn; the charging cables hung from windows stay as they are and must not.
PARKING = (3, 4, 3, 3, 4, 3, 3, 4, 3, 3, 4, 3, 16, 4)
SPIKE = Topic(
    "parking", K.COMPLAINT, C, 0,
    (
        _s(("消防通道被车占了，道闸也没人管", "Cars block the fire lane and nobody minds the gate"), ("道闸升级期间无人值守", "Gate unattended during its renewal"), ("安排专人值守并贴单", "A guard was posted")),
        _s(("我的车位又被别人占了", "My space is taken again"), ("访客车乱停", "Visitors park anywhere"), ("联系挪车并加装地锁", "Moved, ground lock fitted")),
        _s(("车库道闸抬杆慢，早上堵到马路上", "The gate is slow and we queue into the street"), ("道闸识别故障", "Reader fault"), ("更换识别摄像头", "Camera replaced")),
    ), party=Party.CONTRACTOR, spots=HALLS[1:2],
)  # fmt: skip
STEADY = Topic(
    "safety", K.COMPLAINT, H, 0,
    (
        _s(("有人从窗户飞线给电动车充电", "A cable hangs from a window to charge a scooter"), ("充电桩不足", "Too few posts"), ("劝导拆除，增设充电桩", "Taken down, posts added")),
    ), party=Party.OUTSIDE,
)  # fmt: skip
OWNER_NOTES = (
    W("师傅什么时候能到？家里要留人", "When will somebody come? I must stay at home"),
    W("还在漏，麻烦快一点", "It still leaks, please hurry"),
    W("下午三点以后有人在家", "Somebody is at home after three"),
)
STAFF_NOTES = (
    W("已电话联系业主，约定上门时间", "Called the owner and agreed a time"),
    W("配件已到仓库，明早领用", "The part is in store, to be fetched tomorrow"),
    W("与班长确认，今天加派一人", "One more fitter today, agreed with the foreman"),
)
TEXTS = (
    (W("收到", "Got it"), W("您好，已收到您反映的情况，今天内给您答复。", "Thank you, we have it and will answer you today.")),
    (W("预约", "Visit"), W("您好，师傅将按约定时间上门，请家中留人。", "Our fitter comes at the time agreed. Please be at home.")),
    (W("质保", "Warranty"), W("此项在质保期内，我们已联系建设单位，有进展会马上告诉您。", "This is under warranty. We have told the builder and tell you as soon as we hear.")),
)  # fmt: skip
TOLD = (
    W("已电话告知业主处理结果", "Told the owner by phone"),
    W("微信告知业主并发了完工照片", "Told the owner with a photo"),
    W("当面告知业主", "Told the owner in person"),
)
WAITS = {
    "part": W("等待配件到货", "Waiting for a part"),
    "owner": W("业主出差，约定回来后再修", "The owner travels; after her return"),
    "builder": W("已函告建设单位，等待派工", "The builder was written to"),
    "weather": W("下雨无法室外作业", "Too wet to work outside"),
}
GLAD = (
    W("来得很快，修好了", "Quick, and it works"),
    W("师傅讲得很清楚", "Everything was explained well"),
    W("", ""),
    W("", ""),
)
UNHAPPY = (
    W("修完两天又坏了", "It broke again after two days"),
    W("没人告诉我修得怎么样", "Nobody told me how it went"),
    W("等太久了，问题还在", "Too long, and it is still there"),
)
HALF = (
    W("好一点了，还有点小问题", "Better, but not quite"),
    W("修是修好了，墙面没有恢复", "Repaired, but the wall was not made good"),
)
ANEW = (
    W("配件调货，重新约定完成时间", "The part is on its way; a new time was agreed"),
    W("人手不足，已向业主致歉并重新约定", "Short of hands; apologised and agreed a new time"),
)
ENDINGS = {
    "withdraw": W("业主来电：已自行解决", "The owner called: solved by herself"),
    "refer": W("属供电公司管辖，已转 95598 并告知业主", "The grid’s matter: passed on, owner told"),
    "decline": W("涉及承重结构，按规定不能改动，已解释", "A bearing wall: not allowed, explained"),
    "merge": W("与同一故障重复", "The same fault again"),
}
