"""The demand half of a worked week: first week, what has changed, choice, orders."""

from sim.analyses.by_hand.sheet import CELLS, LINKS, Sheet, total
from sim.analyses.by_hand.workspace import Inside
from sim.sets import PARTNERS, SEGMENTS, SURFACES


def first_week(sheet: Sheet, engine: Inside) -> None:
    """Occasions, odds and dissimilarity from the facts of the first week."""
    sheet.line(
        "link_value",
        total("partner_split__@*order_value_partner__@", PARTNERS),
        engine.world("direct_order_value"),
    )
    for c in SURFACES:
        sheet.line(
            f"order_value__{c}",
            f"closed_share__{c}*order_value_native + (1-closed_share__{c})*link_value",
        )
        sheet.line(f"orders_0__{c}", f"gmv*surface_split__{c}/order_value__{c}")
        sheet.line(f"occasions_0__{c}", f"orders_0__{c}/conversion__{c}")
    sheet.line("shopping", total("viewers*segment_share__@*shopping_intensity__@", SEGMENTS))
    weighted = total("viewers*segment_share__@*shopping_intensity__@*conversion_index__@", SEGMENTS)
    sheet.line("index", f"({weighted})/shopping")
    for s, c in CELLS:
        sheet.line(
            f"f__{s}__{c}",
            f"shopping_intensity__{s}/shopping*occasions_0__{c}",
            engine.cell(s, c, "occasions_per_viewer"),
        )
        sheet.line(f"kappa__{s}__{c}", f"conversion_index__{s}*conversion__{c}/index")
        rest = f"(1-kappa__{s}__{c}-direct_share)"
        sheet.line(f"R__{s}__{c}", f"kappa__{s}__{c}/{rest}", engine.cell(s, c, "odds"))
        sheet.line(f"R_d__{s}__{c}", f"direct_share/{rest}", engine.cell(s, c, "odds_direct"))
    for c in SURFACES:
        _dissimilarity(sheet, engine, c)
    sheet.end("first_week")


def _dissimilarity(sheet: Sheet, engine: Inside, c: str) -> None:
    sheet.line(
        f"kappa_1__{c}",
        f"conversion__{c}*(closed_share__{c} + diversion*(1-closed_share__{c}))",
    )
    found = engine.surface(c, "dissimilarity")
    if sheet.values[f"closed_share__{c}"] == 1.0:
        sheet.line(f"lam__{c}", "1", found)
        return
    sheet.line(
        f"lam__{c}",
        f"LN((kappa_1__{c}/(1-kappa_1__{c}))*((1-conversion__{c})/conversion__{c}))"
        f"/LN(closed_share__{c})",
        found,
    )


def what_changed(sheet: Sheet, engine: Inside) -> None:
    """Utilities: everything that differs from the first week."""
    sheet.line("clock", "season_t/season_0*(1+market_growth)^(t/52)", engine.world("clock"))
    closed = total("surface_split__@*closed_share__@*order_value_native/order_value__@", SURFACES)
    sheet.line("D_0", closed, engine.world("closed_share_0"))
    for c, p in LINKS:
        found = engine.surface(c, f"reach_{PARTNERS.index(p)}")
        evaded = "" if c == "shelf" else f" + evasion*(1-o__{c}__{p})*o__shelf__{p}"
        sheet.line(f"reach__{c}__{p}", f"o__{c}__{p}{evaded}", found)
    for s, c in CELLS:
        _utilities(sheet, engine, s, c)
    for s in SEGMENTS:
        sheet.line(
            f"u_d__{s}",
            f"direct_habit_effect*(He_t__{s}-external_habit__{s})"
            f" + direct_trust_effect*(MAX(T_t__{s}-direct_trust_threshold, 0)"
            f" - MAX(streamer_trust__{s}-direct_trust_threshold, 0))"
            f" - direct_guarantee_effect*(G_t__{s}-platform_trust__{s})"
            " + commission_leakage*(c_t-commission)",
        )
        sheet.line(f"e_d__{s}", f"EXP(u_d__{s})", engine.segment(s, "direct_pull"))
    sheet.end("changes")


def _utilities(sheet: Sheet, engine: Inside, s: str, c: str) -> None:
    felt = f"streamer_trust_effect__{c}*(T_t__{s}-streamer_trust__{s})"
    sheet.line(
        f"u_n__{s}__{c}",
        f"{felt} + platform_trust_effect__{c}*(G_t__{s}-platform_trust__{s})"
        f" + native_habit_effect*(Hn_t__{s}-native_habit__{s})"
        f" + assortment_elasticity__{c}*LN(MAX(Mn_t/merchants_native, 0.000000000001))"
        " + data_loop_effect*(D_t-D_0) + coupon_effect*coupon_t"
        " + guarantee_effect*(g_t-guarantee)",
        engine.cell(s, c, "utility"),
    )
    for p in PARTNERS:
        first = f"merchants_partner__{p}"
        ratio = f"MAX(M_t__{p}/{first}, 0.000000000001)" if sheet.values[first] > 0.0 else "1"
        sheet.line(
            f"u_x__{s}__{c}__{p}",
            f"trust_carryover*{felt} + external_habit_effect*(He_t__{s}-external_habit__{s})"
            f" + assortment_elasticity__{c}*LN({ratio})"
            f" - fee_effect*(f_t__{p}-partner_fee__{p})",
        )


def choices(sheet: Sheet) -> None:
    """Where a shopping occasion ends in each cell; the shares sum to 1."""
    for s, c in CELLS:
        at = f"__{s}__{c}"
        for p in PARTNERS:
            sheet.line(
                f"w{at}__{p}",
                f"(1-closed_share__{c})*partner_split__{p}*reach__{c}__{p}"
                f"*EXP(MIN((u_x{at}__{p}-u_n{at})/lam__{c}, 700))",
            )
        sheet.line(f"I{at}", f"closed_share__{c} + " + total(f"w{at}__@", PARTNERS))
        sheet.line(f"V{at}", f"R{at}*EXP(u_n{at})*I{at}^lam__{c}")
        sheet.line(f"V_d{at}", f"R_d{at}*e_d__{s}")
        sheet.line(f"buy{at}", f"V{at}/(1+V{at}+V_d{at})")
        sheet.line(f"p_n{at}", f"buy{at}*closed_share__{c}/I{at}")
        for p in PARTNERS:
            sheet.line(f"p_x{at}__{p}", f"buy{at}*w{at}__{p}/I{at}")
        sheet.line(f"p_d{at}", f"V_d{at}/(1+V{at}+V_d{at})")
        sheet.line(f"p_0{at}", f"1/(1+V{at}+V_d{at})")
        # Not the engine's number but the one that it has to be.
        sheet.line(
            f"all{at}",
            f"p_n{at} + " + total(f"p_x{at}__@", PARTNERS) + f" + p_d{at} + p_0{at}",
            1.0,
        )
    sheet.end("choice")


def orders(sheet: Sheet, engine: Inside) -> None:
    """Orders a viewer-week by route over all surfaces, and what closed links leave unserved."""
    for s in SEGMENTS:
        sheet.line(
            f"n__{s}",
            total(f"f__{s}__@*clock*p_n__{s}__@", SURFACES),
            engine.segment(s, "orders_native"),
        )
        for index, p in enumerate(PARTNERS):
            sheet.line(
                f"x__{s}__{p}",
                total(f"f__{s}__@*clock*p_x__{s}__@__{p}", SURFACES),
                engine.segment(s, f"orders_link_{index}"),
            )
        sheet.line(
            f"y__{s}",
            total(f"f__{s}__@*clock*p_d__{s}__@", SURFACES),
            engine.segment(s, "orders_direct"),
        )
        for c in SURFACES:
            _wish(sheet, s, c)
        served = total(f"f__{s}__@*buy__{s}__@", SURFACES)
        wished = total(f"f__{s}__@*wish__{s}__@", SURFACES)
        sheet.line(
            f"unserved__{s}", f"MAX(1-({served})/({wished}), 0)", engine.segment(s, "unserved")
        )
    sheet.end("orders")


def _wish(sheet: Sheet, s: str, c: str) -> None:
    at = f"__{s}__{c}"
    linked = " + ".join(
        f"(1-closed_share__{c})*partner_split__{p}*EXP(MIN((u_x{at}__{p}-u_n{at})/lam__{c}, 700))"
        for p in PARTNERS
    )
    sheet.line(f"I_open{at}", f"closed_share__{c} + {linked}")
    opened = f"R{at}*EXP(u_n{at})*I_open{at}^lam__{c}"
    sheet.line(f"V_open{at}", opened)
    sheet.line(f"wish{at}", f"V_open{at}/(1+V_open{at}+V_d{at})")
