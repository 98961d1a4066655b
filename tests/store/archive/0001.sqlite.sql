BEGIN TRANSACTION;
CREATE TABLE entries (
	round_id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	name TEXT NOT NULL, 
	document TEXT NOT NULL, 
	why TEXT NOT NULL, 
	entered BIGINT NOT NULL, 
	CONSTRAINT pk_entries PRIMARY KEY (round_id, person), 
	CONSTRAINT fk_entries_rounds FOREIGN KEY(round_id) REFERENCES rounds (id) ON DELETE CASCADE
);
INSERT INTO "entries" VALUES('ZvJnznDM2GHE0OTMNuW_1w','anna@shop.example','Anna','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','{"world.diversion":"四分之三"}',1795616473364501);
INSERT INTO "entries" VALUES('ZvJnznDM2GHE0OTMNuW_1w','ben@shop.example','Ben','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','{"world.diversion":"四分之三"}',1795616473417455);
CREATE TABLE library_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT library_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "library_schema" VALUES('0001');
CREATE TABLE links (
	id TEXT NOT NULL, 
	scenario_id TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	role INTEGER NOT NULL, 
	made BIGINT NOT NULL, 
	expires BIGINT, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT fk_links_scenarios FOREIGN KEY(scenario_id) REFERENCES scenarios (id) ON DELETE CASCADE
);
INSERT INTO "links" VALUES('us74xoSyH3c6WJJvPtw9qw','dwFnYtuACGWoldIM7yEqWQ','88157e507c4f4b05a45e250f7cddd34a0058549ef9604a0ef3bf4c9451a54232',1,1795616473308915,NULL);
CREATE TABLE rounds (
	id TEXT NOT NULL, 
	scenario_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	owner TEXT NOT NULL, 
	question TEXT NOT NULL, 
	document TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	opened BIGINT NOT NULL, 
	revealed BIGINT, 
	CONSTRAINT pk_rounds PRIMARY KEY (id), 
	CONSTRAINT fk_rounds_scenarios FOREIGN KEY(scenario_id) REFERENCES scenarios (id) ON DELETE CASCADE
);
INSERT INTO "rounds" VALUES('ZvJnznDM2GHE0OTMNuW_1w','dwFnYtuACGWoldIM7yEqWQ',3,'anna@shop.example','多少？','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','7d61c195965c5872b8df6f3081ac33180fa58776c8d18b82de116a5db30a70da',1795616473335281,1795616473430892);
CREATE TABLE saves (
	person TEXT NOT NULL, 
	save_id TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	scenario_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_saves PRIMARY KEY (person, save_id), 
	CONSTRAINT fk_saves_versions FOREIGN KEY(scenario_id, number) REFERENCES versions (scenario_id, number) ON DELETE CASCADE
);
INSERT INTO "saves" VALUES('anna@shop.example','Wrb3SQCpQq970k6WlgAang','c8057252fc48d2c704f1a2fc3d6d93815a3e6990031149f3b1941ed891259a43','dwFnYtuACGWoldIM7yEqWQ',1);
INSERT INTO "saves" VALUES('anna@shop.example','vPfh-fJXK2JSH-y40oTyyA','d1522452f126b2dd91018a4d9c51fc43bcfbed01c7f47b623d0a88d2a1bcbff2','dwFnYtuACGWoldIM7yEqWQ',2);
INSERT INTO "saves" VALUES('anna@shop.example','3T2-odwAli2Wlp3-nG4ASw','8cd891e2fa2c93dc19151286d1b0523211352c487fd1200fac503eb30a1d6d7d','dwFnYtuACGWoldIM7yEqWQ',3);
INSERT INTO "saves" VALUES('ben@shop.example','HC-DX21xmOHkqPy3G9IrxA','184d01a090cbe7c963985597caf25137abdb60cc830633485d32654ab58d86d8','J6lIbEaUcQh6Ez2Z1r7u7Q',1);
CREATE TABLE scenarios (
	id TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	note TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	head INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	trashed BIGINT, 
	origin_id TEXT, 
	origin_number INTEGER, 
	CONSTRAINT pk_scenarios PRIMARY KEY (id)
);
INSERT INTO "scenarios" VALUES('dwFnYtuACGWoldIM7yEqWQ','anna@shop.example','“快手”','','“快手”',3,1795616473174875,1795616473258549,NULL,NULL,NULL);
INSERT INTO "scenarios" VALUES('J6lIbEaUcQh6Ez2Z1r7u7Q','ben@shop.example','“快手”','','“快手”',1,1795616473439678,1795616473439678,1795616473454944,NULL,NULL);
CREATE TABLE shares (
	scenario_id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	role INTEGER NOT NULL, 
	CONSTRAINT pk_shares PRIMARY KEY (scenario_id, person), 
	CONSTRAINT fk_shares_scenarios FOREIGN KEY(scenario_id) REFERENCES scenarios (id) ON DELETE CASCADE
);
INSERT INTO "shares" VALUES('dwFnYtuACGWoldIM7yEqWQ','ben@shop.example',2);
CREATE TABLE tags (
	scenario_id TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	tag TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_tags PRIMARY KEY (scenario_id, folded), 
	CONSTRAINT fk_tags_scenarios FOREIGN KEY(scenario_id) REFERENCES scenarios (id) ON DELETE CASCADE
);
INSERT INTO "tags" VALUES('dwFnYtuACGWoldIM7yEqWQ','周会','周会',0);
INSERT INTO "tags" VALUES('dwFnYtuACGWoldIM7yEqWQ','q4','Q4',1);
CREATE TABLE versions (
	scenario_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	saved BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	document TEXT NOT NULL, 
	why TEXT NOT NULL, 
	outcomes TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	model_version TEXT NOT NULL, 
	model_fingerprint TEXT NOT NULL, 
	restored_from INTEGER, 
	CONSTRAINT pk_versions PRIMARY KEY (scenario_id, number), 
	CONSTRAINT fk_versions_scenarios FOREIGN KEY(scenario_id) REFERENCES scenarios (id) ON DELETE CASCADE
);
INSERT INTO "versions" VALUES('dwFnYtuACGWoldIM7yEqWQ',1,'anna@shop.example',1795616473174875,'first','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','{"world.diversion":"四分之三"}','{"npv_change":0.1,"payback_week":null}','{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}','0.1.0','b5eb4b5560a23cae',NULL);
INSERT INTO "versions" VALUES('dwFnYtuACGWoldIM7yEqWQ',2,'anna@shop.example',1795616473221413,'','format = 1
name = "Two"
case = "kuaishou-2021"

[world]
diversion = 0.8
','{}','{}','{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.8,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}','0.1.0','b5eb4b5560a23cae',NULL);
INSERT INTO "versions" VALUES('dwFnYtuACGWoldIM7yEqWQ',3,'anna@shop.example',1795616473258549,'','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','{"world.diversion":"四分之三"}','{"npv_change":0.1,"payback_week":null}','{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}','0.1.0','b5eb4b5560a23cae',1);
INSERT INTO "versions" VALUES('J6lIbEaUcQh6Ez2Z1r7u7Q',1,'ben@shop.example',1795616473439678,'first','format = 1
name = "“快手”"
case = "kuaishou-2021"

[world]
diversion = 0.75
','{"world.diversion":"四分之三"}','{"npv_change":0.1,"payback_week":null}','{"weeks":104,"world.viewers":430000000.0,"world.segment_share":[0.3,0.45,0.25],"world.shopping_intensity":[0.15,0.45,1.0],"world.conversion_index":[0.6,1.0,1.25],"world.churn":[0.06,0.012,0.004],"world.demotion":[0.006,0.008],"world.audience_growth":0.1,"world.gmv":12130000000.0,"world.surface_split":[0.85,0.08,0.07],"world.closed_share":[0.9,0.9,0.9],"world.partner_split":[0.13,0.25,0.62],"world.conversion":[0.1,0.04,0.12],"world.direct_share":0.004,"world.diversion":0.75,"world.order_value_native":60.0,"world.order_value_partner":[80.0,55.0,50.0],"world.market_growth":0.25,"world.season":[1.0104,0.9662,0.9236,0.8841,0.8491,0.8196,0.7969,0.7801,0.7706,0.7678,0.7712,0.7799,0.7929,0.809,0.8271,0.8457,0.8638,0.8804,0.8946,0.9059,0.9139,0.9187,0.9482,1.0121,1.1199,0.9517,0.9126,0.9115,0.9128,0.9174,0.9259,0.9389,0.9564,0.9784,1.0044,1.0337,1.0652,1.0978,1.1301,1.1606,1.1878,1.2105,1.2763,1.3856,1.6113,1.6534,1.269,1.1989,1.1705,1.1361,1.097,1.0545],"world.start_week":27,"world.streamer_trust_effect":[1.5,0.8,0.3],"world.platform_trust_effect":[0.5,0.5,0.8],"world.trust_carryover":0.8,"world.native_habit_effect":0.4,"world.external_habit_effect":0.2,"world.direct_habit_effect":2.0,"world.direct_trust_effect":1.5,"world.direct_trust_threshold":0.65,"world.direct_guarantee_effect":0.5,"world.assortment_elasticity":[0.1,0.15,0.3],"world.data_loop_effect":0.1,"world.coupon_effect":4.0,"world.guarantee_effect":0.08,"world.fee_effect":6.0,"world.commission_leakage":14.0,"world.evasion":0.05,"world.streamer_trust":[0.45,0.6,0.75],"world.streamer_trust_halflife":26.0,"world.platform_trust":[0.5,0.6,0.65],"world.platform_trust_halflife":26.0,"world.quality_native":0.965,"world.quality_partner":[0.95,0.93,0.94],"world.blame":0.3,"world.guarantee":0.7,"world.remedy":0.7,"world.backlash":0.02,"world.crisis_week":-1,"world.crisis_size":0.0,"world.external_habit":[0.1,0.12,0.1],"world.external_habit_longrun":0.2,"world.external_habit_halflife":13.0,"world.native_habit":[0.15,0.3,0.5],"world.native_habit_halflife":13.0,"world.churn_trust":0.4,"world.churn_native_habit":0.2,"world.churn_external_habit":0.3,"world.churn_unserved":0.3,"world.merchants_native":1000000.0,"world.merchants_partner":[50000.0,90000.0,160000.0],"world.multihoming":0.3,"world.merchant_entry":0.004,"world.entry_elasticity":0.5,"world.entry_commission":8.0,"world.drift_migration":0.004,"world.pressure_migration":0.15,"world.pressure_exit":0.02,"world.anticipation":0.3,"world.notice_weeks":4,"world.fee_pressure":2.0,"world.adaptable":[0.0,0.0,0.95],"world.adaptation":2.0,"world.onboarding_weeks":4.0,"world.data_halflife":26.0,"world.brand_share":0.15,"world.brand_halflife":26.0,"world.brand_order_value":0.5,"world.brand_quality":0.02,"world.service_providers":0.3,"world.service_provider_migration":1.0,"world.service_provider_speed":1.0,"world.programme_halflife":6.0,"world.viewer_revenue":3.0,"world.commission":0.0105,"world.native_ads":0.025,"world.partner_fee":[0.015,0.01,0.01],"world.partner_ads":[0.02,0.005,0.005],"world.returns":0.3,"world.payout":0.5,"world.care_cost":10.0,"world.service_provider_fee":0.01,"world.brand_cost":0.01,"world.fixed_cost":0.0,"world.discount_rate":0.1,"policy.programme_week":20,"policy.guarantee_target":0.97,"policy.care":0.0,"policy.brand_target":null,"policy.service_provider_target":0.5,"policy.commission_target":null,"policy.coupon":0.0,"policy.coupon_weeks":0,"policy.moves":[{"week":19,"surfaces":["live"],"partners":["saas","adapter"],"openness":0.0,"fee":null,"ramp_weeks":1}]}','0.1.0','b5eb4b5560a23cae',NULL);
CREATE INDEX ix_scenarios_owner ON scenarios (owner);
CREATE INDEX ix_saves_scenario_id ON saves (scenario_id);
CREATE INDEX ix_shares_person ON shares (person);
CREATE INDEX ix_links_scenario_id ON links (scenario_id);
CREATE INDEX ix_rounds_scenario_id ON rounds (scenario_id);
COMMIT;
