--
-- PostgreSQL database dump
--

\restrict SayAsFtpd4wl3oMEmBJbRJH0QwMGUyj9xmfKPPoPaOoTeDyhoaTNdsGCtgqFEdi

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: entries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.entries (
    round_id text NOT NULL,
    person text NOT NULL,
    name text NOT NULL,
    document text NOT NULL,
    why text NOT NULL,
    entered bigint NOT NULL
);


--
-- Name: library_schema; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.library_schema (
    version_num character varying(32) NOT NULL
);


--
-- Name: links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.links (
    id text NOT NULL,
    scenario_id text NOT NULL,
    hash text NOT NULL,
    role integer NOT NULL,
    made bigint NOT NULL,
    expires bigint
);


--
-- Name: rounds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rounds (
    id text NOT NULL,
    scenario_id text NOT NULL,
    number integer NOT NULL,
    owner text NOT NULL,
    question text NOT NULL,
    document text NOT NULL,
    hash text NOT NULL,
    opened bigint NOT NULL,
    revealed bigint
);


--
-- Name: saves; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.saves (
    person text NOT NULL,
    save_id text NOT NULL,
    digest text NOT NULL,
    scenario_id text NOT NULL,
    number integer NOT NULL
);


--
-- Name: scenarios; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scenarios (
    id text NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    note text NOT NULL,
    folded text NOT NULL,
    head integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    trashed bigint,
    origin_id text,
    origin_number integer
);


--
-- Name: shares; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shares (
    scenario_id text NOT NULL,
    person text NOT NULL,
    role integer NOT NULL
);


--
-- Name: tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tags (
    scenario_id text NOT NULL,
    folded text NOT NULL,
    tag text NOT NULL,
    place integer NOT NULL
);


--
-- Name: versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.versions (
    scenario_id text NOT NULL,
    number integer NOT NULL,
    author text NOT NULL,
    saved bigint NOT NULL,
    note text NOT NULL,
    document text NOT NULL,
    why text NOT NULL,
    outcomes text NOT NULL,
    settings text NOT NULL,
    model_version text NOT NULL,
    model_fingerprint text NOT NULL,
    restored_from integer
);


--
-- Data for Name: entries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.entries VALUES ('WshjYgPMsRudTjv7KVlQZw', 'anna@shop.example', 'Anna', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '{"world.diversion":"四分之三"}', 1795616477816671);
INSERT INTO public.entries VALUES ('WshjYgPMsRudTjv7KVlQZw', 'ben@shop.example', 'Ben', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '{"world.diversion":"四分之三"}', 1795616477852273);


--
-- Data for Name: library_schema; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.library_schema VALUES ('0001');


--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.links VALUES ('rNJrwrXTJjXzxqhqtmjByg', 'hwoA00C5bmIu4GW9qBB9RA', 'd39379e2a5e87ce126258341b842c7b18dbad8f15a43118146e7cf0a75c89e99', 1, 1795616477716623, NULL);


--
-- Data for Name: rounds; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.rounds VALUES ('WshjYgPMsRudTjv7KVlQZw', 'hwoA00C5bmIu4GW9qBB9RA', 3, 'anna@shop.example', '多少？', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '6a040fff24e8a14907249bdb73e2424d2180b01129874c97d1126abc33221b67', 1795616477761901, 1795616477880396);


--
-- Data for Name: saves; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.saves VALUES ('anna@shop.example', 'dUnJahUli86ovoTNJ_gOGg', 'c8057252fc48d2c704f1a2fc3d6d93815a3e6990031149f3b1941ed891259a43', 'hwoA00C5bmIu4GW9qBB9RA', 1);
INSERT INTO public.saves VALUES ('anna@shop.example', 'aPxxHnuw1cIjTAH_v_37ZA', 'c2e2962ca52d7dc371db0005b438a3f4ed854f5d79fcd3812c913dde701543ca', 'hwoA00C5bmIu4GW9qBB9RA', 2);
INSERT INTO public.saves VALUES ('anna@shop.example', '-Qyiy4AU1Cw1oUiFv4YxUw', 'b9f466012f05c677a5ba3f7088b2d7273b446f003419864c2dcab92e437331ad', 'hwoA00C5bmIu4GW9qBB9RA', 3);
INSERT INTO public.saves VALUES ('ben@shop.example', 'dXpfdNmH66JFh0O_VxawbQ', '184d01a090cbe7c963985597caf25137abdb60cc830633485d32654ab58d86d8', '4hPl5TG2YtL0FXwYwUm-aQ', 1);


--
-- Data for Name: scenarios; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.scenarios VALUES ('hwoA00C5bmIu4GW9qBB9RA', 'anna@shop.example', '“快手”', '', '“快手”', 3, 1795616477554478, 1795616477666037, NULL, NULL, NULL);
INSERT INTO public.scenarios VALUES ('4hPl5TG2YtL0FXwYwUm-aQ', 'ben@shop.example', '“快手”', '', '“快手”', 1, 1795616477899620, 1795616477899620, 1795616477925502, NULL, NULL);


--
-- Data for Name: shares; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.shares VALUES ('hwoA00C5bmIu4GW9qBB9RA', 'ben@shop.example', 2);


--
-- Data for Name: tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tags VALUES ('hwoA00C5bmIu4GW9qBB9RA', '周会', '周会', 0);
INSERT INTO public.tags VALUES ('hwoA00C5bmIu4GW9qBB9RA', 'q4', 'Q4', 1);


--
-- Data for Name: versions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.versions VALUES ('hwoA00C5bmIu4GW9qBB9RA', 1, 'anna@shop.example', 1795616477554478, 'first', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '{"world.diversion":"四分之三"}', '{"npv_change":0.1,"payback_week":null}', '{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}', '0.1.0', 'b5eb4b5560a23cae', NULL);
INSERT INTO public.versions VALUES ('hwoA00C5bmIu4GW9qBB9RA', 2, 'anna@shop.example', 1795616477593296, '', 'format = 1
name = "Two"
case = "kuaishou-2021"

[world]
diversion = 0.8
', '{}', '{}', '{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.8,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}', '0.1.0', 'b5eb4b5560a23cae', NULL);
INSERT INTO public.versions VALUES ('hwoA00C5bmIu4GW9qBB9RA', 3, 'anna@shop.example', 1795616477666037, '', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '{"world.diversion":"四分之三"}', '{"npv_change":0.1,"payback_week":null}', '{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}', '0.1.0', 'b5eb4b5560a23cae', 1);
INSERT INTO public.versions VALUES ('4hPl5TG2YtL0FXwYwUm-aQ', 1, 'ben@shop.example', 1795616477899620, 'first', 'format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
', '{"world.diversion":"四分之三"}', '{"npv_change":0.1,"payback_week":null}', '{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}', '0.1.0', 'b5eb4b5560a23cae', NULL);


--
-- Name: library_schema library_schema_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.library_schema
    ADD CONSTRAINT library_schema_pkc PRIMARY KEY (version_num);


--
-- Name: entries pk_entries; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT pk_entries PRIMARY KEY (round_id, person);


--
-- Name: links pk_links; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT pk_links PRIMARY KEY (id);


--
-- Name: rounds pk_rounds; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT pk_rounds PRIMARY KEY (id);


--
-- Name: saves pk_saves; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.saves
    ADD CONSTRAINT pk_saves PRIMARY KEY (person, save_id);


--
-- Name: scenarios pk_scenarios; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenarios
    ADD CONSTRAINT pk_scenarios PRIMARY KEY (id);


--
-- Name: shares pk_shares; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT pk_shares PRIMARY KEY (scenario_id, person);


--
-- Name: tags pk_tags; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT pk_tags PRIMARY KEY (scenario_id, folded);


--
-- Name: versions pk_versions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT pk_versions PRIMARY KEY (scenario_id, number);


--
-- Name: ix_links_scenario_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_links_scenario_id ON public.links USING btree (scenario_id);


--
-- Name: ix_rounds_scenario_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rounds_scenario_id ON public.rounds USING btree (scenario_id);


--
-- Name: ix_saves_scenario_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_saves_scenario_id ON public.saves USING btree (scenario_id);


--
-- Name: ix_scenarios_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_scenarios_owner ON public.scenarios USING btree (owner);


--
-- Name: ix_shares_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_shares_person ON public.shares USING btree (person);


--
-- Name: entries fk_entries_rounds; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT fk_entries_rounds FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE CASCADE;


--
-- Name: links fk_links_scenarios; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_scenarios FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id) ON DELETE CASCADE;


--
-- Name: rounds fk_rounds_scenarios; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT fk_rounds_scenarios FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id) ON DELETE CASCADE;


--
-- Name: saves fk_saves_versions; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.saves
    ADD CONSTRAINT fk_saves_versions FOREIGN KEY (scenario_id, number) REFERENCES public.versions(scenario_id, number) ON DELETE CASCADE;


--
-- Name: shares fk_shares_scenarios; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT fk_shares_scenarios FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id) ON DELETE CASCADE;


--
-- Name: tags fk_tags_scenarios; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT fk_tags_scenarios FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id) ON DELETE CASCADE;


--
-- Name: versions fk_versions_scenarios; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT fk_versions_scenarios FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict SayAsFtpd4wl3oMEmBJbRJH0QwMGUyj9xmfKPPoPaOoTeDyhoaTNdsGCtgqFEdi

