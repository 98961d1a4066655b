"""The other half of a worked week: sales, trust, habit, profit."""

from sim.analyses.by_hand.sheet import Sheet, total
from sim.analyses.by_hand.workspace import Inside
from sim.sets import PARTNERS, SEGMENTS, SURFACES

# How much of the care for viewers reaches a segment (model page, section 2, levers).
_CARE_WEIGHT = {"newcomer": "0.1", "regular": "0.5", "fan": "1"}


def sales(sheet: Sheet, engine: Inside) -> None:
    """Orders and GMV of all segments by route."""
    sheet.line("orders_n", total("N_t__@*n__@", SEGMENTS), engine.world("series_orders_native"))
    for p in PARTNERS:
        sheet.line(f"orders_x__{p}", total(f"N_t__@*x__@__{p}", SEGMENTS))
    sheet.line("orders_y", total("N_t__@*y__@", SEGMENTS), engine.world("series_orders_direct"))
    sheet.line(
        "gmv_n",
        "orders_n*order_value_native*(1+brand_order_value*(B_t-brand_share))",
        engine.world("series_gmv_native"),
    )
    for p in PARTNERS:
        sheet.line(f"gmv_x__{p}", f"orders_x__{p}*order_value_partner__{p}")
    sheet.line("gmv_links", total("gmv_x__@", PARTNERS), engine.world("series_gmv_external"))
    sheet.line("gmv_d", "orders_y*link_value", engine.world("series_gmv_direct"))
    sold = sheet.values["gmv_n"] + sheet.values["gmv_links"] > 0.0
    share = "gmv_n/(gmv_n+gmv_links)" if sold else "D_t"
    sheet.line("closed_t", share, engine.world("series_closed_share"))
    sheet.end("gmv")


def trusts(sheet: Sheet, engine: Inside) -> None:
    """Both trusts of each segment a week on, with the gains that keep the first week at rest."""
    sheet.line(
        "q_t",
        "MAX(MIN(quality_native + brand_quality*(B_t-brand_share), 1), 0)",
        engine.world("quality_now"),
    )
    for s in SEGMENTS:
        sheet.line(f"n_0__{s}", total(f"f__{s}__@*kappa__{s}__@*closed_share__@", SURFACES))
        sheet.line(f"x_0__{s}", total(f"f__{s}__@*kappa__{s}__@*(1-closed_share__@)", SURFACES))
        _streamer_trust(sheet, engine, s)
        _platform_trust(sheet, engine, s)
    sheet.end("trust")


def _streamer_trust(sheet: Sheet, engine: Inside, s: str) -> None:
    linked = total(f"x_0__{s}*partner_split__@*quality_partner__@", PARTNERS)
    sheet.line(f"good_0__{s}", f"n_0__{s}*quality_native + {linked}")
    linked = total(f"x_0__{s}*partner_split__@*(1-quality_partner__@)", PARTNERS)
    sheet.line(f"bad_0__{s}", f"n_0__{s}*(1-quality_native) + {linked}")
    _gains(sheet, engine, s, "streamer_trust", good="good_0", bad="bad_0", up="a", down="b")
    linked = total(f"x__{s}__@*quality_partner__@", PARTNERS)
    sheet.line(f"good__{s}", f"n__{s}*q_t + {linked}")
    linked = total(f"x__{s}__@*(1-quality_partner__@)", PARTNERS)
    sheet.line(f"bad__{s}", f"n__{s}*(1-q_t) + {linked}")
    sheet.line(f"up__{s}", f"a__{s}*good__{s} + care_t*{_CARE_WEIGHT[s]}")
    sheet.line(f"down__{s}", f"b__{s}*bad__{s}")
    _relax(
        sheet,
        f"T_1__{s}",
        f"T_t__{s}",
        f"up__{s}",
        f"down__{s}",
        "*(1-crisis_t)",
        engine.segment(s, "streamer_trust_now"),
    )


def _platform_trust(sheet: Sheet, engine: Inside, s: str) -> None:
    native_bad = f"n_0__{s}*(1-quality_native)"
    sheet.line(f"goodG_0__{s}", f"n_0__{s}*quality_native + {native_bad}*guarantee*remedy")
    linked = total(f"x_0__{s}*partner_split__@*(1-quality_partner__@)", PARTNERS)
    sheet.line(f"badG_0__{s}", f"{native_bad}*(1-guarantee*remedy) + blame*({linked})")
    _gains(sheet, engine, s, "platform_trust", good="goodG_0", bad="badG_0", up="aG", down="bG")
    native_bad = f"n__{s}*(1-q_t)"
    sheet.line(f"goodG__{s}", f"n__{s}*q_t + {native_bad}*g_t*remedy")
    linked = total(f"x__{s}__@*(1-quality_partner__@)", PARTNERS)
    sheet.line(f"badG__{s}", f"{native_bad}*(1-g_t*remedy) + blame*({linked})")
    sheet.line(f"upG__{s}", f"aG__{s}*goodG__{s}")
    sheet.line(f"downG__{s}", f"bG__{s}*badG__{s} + backlash*unserved__{s}")
    _relax(
        sheet,
        f"G_1__{s}",
        f"G_t__{s}",
        f"upG__{s}",
        f"downG__{s}",
        "*(1-crisis_t)",
        engine.segment(s, "platform_trust_now"),
    )


def _gains(
    sheet: Sheet, engine: Inside, s: str, trust: str, *, good: str, bad: str, up: str, down: str
) -> None:
    rate = f"LN(2)/{trust}_halflife"
    sheet.line(f"{up}__{s}", f"{trust}__{s}*{rate}/{good}__{s}", engine.segment(s, f"{trust}_gain"))
    loss = f"(1-{trust}__{s})*{rate}/{bad}__{s}" if sheet.values[f"{bad}__{s}"] > 0.0 else "0"
    sheet.line(f"{down}__{s}", loss, engine.segment(s, f"{trust}_loss"))


def _relax(
    sheet: Sheet, name: str, now: str, up: str, down: str, after: str, engine: float
) -> None:
    """One exact week of dx/dt = up (1-x) - down x; where nothing pulls, x stays."""
    pulled = sheet.values[up] + sheet.values[down] > 0.0
    moved = f"{now} + (1-EXP(-({up}+{down})))*({up}/({up}+{down})-{now})" if pulled else now
    sheet.line(name, f"({moved}){after}" if after else moved, engine)


def habits(sheet: Sheet, engine: Inside) -> None:
    """Both habits of each segment a week on."""
    leaked = " + ".join(
        f"segment_share__{s}*f__{s}__{c}*(kappa__{s}__{c}*(1-closed_share__{c})+direct_share)"
        for s in SEGMENTS
        for c in SURFACES
    )
    sheet.line("leaked_0", leaked)
    sheet.line("r_e", "LN(2)/external_habit_halflife", engine.world("external_habit_loss"))
    longrun = "r_e*external_habit_longrun/((1-external_habit_longrun)*leaked_0)"
    sheet.line(
        "k_e",
        longrun if sheet.values["leaked_0"] > 0.0 else "0",
        engine.world("external_habit_gain"),
    )
    sheet.line("r_n", "LN(2)/native_habit_halflife")
    for s in SEGMENTS:
        sheet.line(f"away__{s}", total(f"x__{s}__@", PARTNERS) + f" + y__{s}")
        sheet.line(f"upE__{s}", f"k_e*away__{s}")
        _relax(
            sheet,
            f"He_1__{s}",
            f"He_t__{s}",
            f"upE__{s}",
            "r_e",
            "",
            engine.segment(s, "external_habit_now"),
        )
        sheet.line(
            f"k_n__{s}",
            f"r_n*native_habit__{s}/((1-native_habit__{s})*n_0__{s})",
            engine.segment(s, "native_habit_gain"),
        )
        sheet.line(f"upN__{s}", f"k_n__{s}*n__{s}")
        _relax(
            sheet,
            f"Hn_1__{s}",
            f"Hn_t__{s}",
            f"upN__{s}",
            "r_n",
            "",
            engine.segment(s, "native_habit_now"),
        )
    sheet.end("habit")


def money(sheet: Sheet, engine: Inside) -> None:
    """What the platform earns and pays in the week."""
    watched = "(" + total("N_t__@", SEGMENTS) + ")*viewer_revenue"
    sheet.line("rev_v", watched)
    sheet.line("rev_n", "gmv_n*((1-returns)*c_t + native_ads)")
    for p in PARTNERS:
        sheet.line(f"rev_x__{p}", f"gmv_x__{p}*((1-returns)*f_t__{p} + partner_ads__{p})")
    sheet.line(
        "revenue",
        "rev_v + rev_n + " + total("rev_x__@", PARTNERS),
        engine.world("series_revenue"),
    )
    sheet.line("cost_r", "gmv_n*(1-q_t)*g_t*remedy*payout")
    sheet.line("cost_q", "gmv_n*coupon_t")
    sheet.line("cost_c", "care_t*care_cost*(0.1*N_t__newcomer + 0.5*N_t__regular + N_t__fan)")
    sheet.line("cost_P", "gmv_n*service_provider_fee*MAX(P_t-service_providers, 0)")
    sheet.line("cost_B", "gmv_n*brand_cost*MAX(B_t-brand_share, 0)")
    sheet.line(
        "cost",
        "cost_r + cost_q + cost_c + cost_P + cost_B + fixed_cost",
        engine.world("series_cost"),
    )
    sheet.line("profit", "revenue - cost", engine.world("series_profit"))
    sheet.end("profit")
