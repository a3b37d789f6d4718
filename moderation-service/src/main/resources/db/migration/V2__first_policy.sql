-- The installation's first policy. The lists name what is to be recognised; they are not complete
-- and operators are expected to extend them. One rule per line; the tests read this file.
insert into policies (organization_id, fail_open, injection_action, injection_from)
values ('installation', false, 'FLAG', 0.5);

-- Severe categories are blocked where a phrase speaks clearly; distress is never blocked.
insert into category_rules (organization_id, category, flag_from, block_from) values
    ('installation', 'harassment', 0.5, null),
    ('installation', 'harassment/threatening', 0.5, null),
    ('installation', 'hate', 0.5, 0.95),
    ('installation', 'hate/threatening', 0.5, 0.9),
    ('installation', 'illicit', 0.5, null),
    ('installation', 'illicit/violent', 0.5, 0.9),
    ('installation', 'self-harm', 0.5, null),
    ('installation', 'self-harm/intent', 0.5, null),
    ('installation', 'self-harm/instructions', 0.5, 0.9),
    ('installation', 'sexual', 0.5, null),
    ('installation', 'sexual/minors', 0.3, 0.8),
    ('installation', 'violence', 0.5, null),
    ('installation', 'violence/graphic', 0.5, null);

insert into entity_rules (organization_id, entity_type, input_action, output_action) values
    ('installation', 'EMAIL_ADDRESS', 'FLAG', 'ALLOW'),
    ('installation', 'PHONE_NUMBER', 'FLAG', 'ALLOW'),
    ('installation', 'IP_ADDRESS', 'FLAG', 'ALLOW'),
    ('installation', 'IBAN', 'FLAG', 'REDACT'),
    ('installation', 'CREDIT_CARD', 'FLAG', 'REDACT'),
    ('installation', 'US_SSN', 'FLAG', 'REDACT'),
    ('installation', 'API_KEY', 'FLAG', 'REDACT'),
    ('installation', 'PRIVATE_KEY', 'FLAG', 'BLOCK');

insert into terms (organization_id, kind, category, phrase, score) values
    ('installation', 'TERM', 'sexual/minors', '(child|children|kid|kids|kiddie|preteen|underage|minor|minors|toddler) (porn|porno|pornography|erotica|nudes)', 0.95),
    ('installation', 'TERM', 'sexual/minors', '(sexual|erotic|nude|sexy|pornographic|explicit) (photo|photos|picture|pictures|image|images|story|stories|video|videos|scene) (of|with|about|involving) (a|an|my|the|some)? (young|little|underage|preteen)? (child|children|kid|kids|minor|minors|toddler|toddlers|schoolgirl|schoolgirls|preteen|preteens)', 0.95),
    ('installation', 'TERM', 'sexual/minors', '(have|having|had) sex with (a|an|my|the)? (young|little|underage)? (child|children|kid|kids|minor|minors|preteen|toddler)', 0.9),
    ('installation', 'TERM', 'sexual/minors', '(lolicon|shotacon|pedo|pedophile) (porn|hentai|erotica)', 0.9),
    ('installation', 'TERM', 'hate/threatening', '(kill|gas|exterminate|lynch|eradicate|slaughter|execute|burn|shoot|murder) (all|every|these|those) (of)? (the|these|those)? (damn|fucking|filthy|dirty)? (jews|jew|muslims|muslim|blacks|gays|gay|women|immigrants|refugees|trans|mexicans|asians|christians|arabs|whites|lesbians|disabled|roma)', 0.95),
    ('installation', 'TERM', 'hate/threatening', '(jews|muslims|blacks|gays|immigrants|refugees|transgenders|arabs) (should|must|deserve) (all)? (to)? (be)? (killed|gassed|exterminated|lynched|die|shot|hanged|eradicated)', 0.95),
    ('installation', 'TERM', 'hate', '(i|we) (really|fucking|absolutely|just)? (hate|despise|detest) (all)? (the|these|those)? (fucking|damn|filthy)? (jews|muslims|blacks|gays|immigrants|refugees|women|mexicans|asians|arabs|christians|lesbians)', 0.8),
    ('installation', 'TERM', 'hate', '(jews|muslims|blacks|gays|immigrants|refugees|women|mexicans|asians|arabs|lesbians) are (all)? (just|nothing)? (but)? (vermin|subhuman|parasites|animals|scum|disgusting|trash|filth|inferior|cockroaches)', 0.9),
    ('installation', 'TERM', 'hate', '(nigger|niggers|kike|kikes|faggot|faggots|spic|spics|chink|chinks|wetback|wetbacks|raghead|ragheads|towelhead|towelheads|trannies|gook|gooks|paki|pakis)', 0.8),
    ('installation', 'TERM', 'hate', '(sandnigger|sandniggers|untermensch|untermenschen|subhumans)', 0.7),
    ('installation', 'TERM', 'illicit/violent', '(how|instructions|steps|recipe|guide|tell|teach|show|explain) ~5 (make|build|construct|create|assemble|making|building) (a|an|the|some|my)? (homemade|improvised)? (pipe|nail|dirty|car|fertilizer|nuclear|pressure|molotov)? (cooker)? (bomb|bombs|explosive|explosives|ied|cocktail)', 0.9),
    ('installation', 'TERM', 'illicit/violent', '(make|build|construct|assemble|making|building) (a|an|the|some|my)? (homemade|improvised)? (pipe|nail|dirty|fertilizer|pressure) (cooker)? (bomb|bombs)', 0.95),
    ('installation', 'TERM', 'illicit/violent', '(synthesize|synthesise|produce|manufacture|culture|weaponize|weaponise|make|cook) (some|the)? (sarin|tabun|soman|novichok|ricin|anthrax|nerve) (gas|agent|spores)?', 0.9),
    ('installation', 'TERM', 'illicit/violent', '(plan|carry|planning|commit|execute) (out)? (a|an|the) (mass|school|terrorist|terror) (shooting|attack|murder|massacre)', 0.9),
    ('installation', 'TERM', 'illicit/violent', '(how|ways|best) ~3 (kill|murder|poison|assassinate) (someone|somebody|my|a) (wife|husband|neighbor|neighbour|boss|person|coworker|girlfriend|boyfriend|parents|mother|father)?', 0.7),
    ('installation', 'TERM', 'illicit', '(how|steps|instructions|guide|tell|teach|show|explain) ~4 (cook|make|synthesize|manufacture|produce) (some|a|the)? (meth|methamphetamine|crack|heroin|mdma|lsd|fentanyl|cocaine|ghb)', 0.85),
    ('installation', 'TERM', 'illicit', '(how|steps|instructions|guide|tell|teach|show|explain) ~5 (hack|break|hacking|breaking) (into)? (a|an|my|the|someones|somebodys|his|her)? (neighbors|neighbours|friends|exs)? (bank|email|facebook|instagram|wifi|phone|account|computer|network|atm)', 0.6),
    ('installation', 'TERM', 'illicit', '(how|ways|steps|best) ~4 (launder|counterfeit) (the|some|my)? (money|cash|currency|bills|dollars)', 0.7),
    ('installation', 'TERM', 'illicit', '(how|ways|steps|guide|tell|teach) ~4 (steal|forge|clone|skim) (a|an|the|someones|somebodys|peoples)? (car|cars|identity|identities|passport|passports|credit)', 0.7),
    ('installation', 'TERM', 'illicit', '(write|create|make|build|develop|code) (a|an|some|me)? (functional|working|new|undetectable)? (ransomware|keylogger|malware|botnet|trojan|rootkit)', 0.7),
    ('installation', 'TERM', 'self-harm/instructions', '(how|ways|best|easiest|painless) ~3 (to)? (kill|hang|overdose|cut) (myself|yourself)', 0.85),
    ('installation', 'TERM', 'self-harm/instructions', '(painless|painlessly|easiest|best|quickest|most|effective) ~3 (way|ways|method|methods) ~2 (suicide|suicides|kill) (myself|yourself)?', 0.8),
    ('installation', 'TERM', 'self-harm/instructions', '(you|they) should (just)? (go)? (and)? (kill|hang) (yourself|themselves)', 0.9),
    ('installation', 'TERM', 'self-harm/intent', '(want|going|plan|planning|decided|gonna|wanna) (to)? (kill|hang|cut|hurt|shoot) myself', 0.8),
    ('installation', 'TERM', 'self-harm/intent', '(want|going|plan|decided|wanna) (to)? (end|take) my (own)? life', 0.8),
    ('installation', 'TERM', 'self-harm/intent', '(i|im) (am|feel|have)? (been)? (feeling)? suicidal', 0.7),
    ('installation', 'TERM', 'self-harm', '(cutting|harming|hurting) myself', 0.6),
    ('installation', 'TERM', 'harassment/threatening', '(i|we) (will|am|are|shall)? (going|gonna)? (to)? (fucking)? (kill|murder|stab|shoot|rape|strangle|behead) you', 0.8),
    ('installation', 'TERM', 'harassment/threatening', '(ill|im|were|well) (going|gonna)? (to)? (fucking)? (kill|murder|stab|shoot|rape|strangle|behead|find) (and)? (kill)? you', 0.7),
    ('installation', 'TERM', 'harassment', '(go)? (kill|hang) (yourself|urself)', 0.85),
    ('installation', 'TERM', 'harassment', 'kys', 0.7),
    ('installation', 'TERM', 'harassment', '(you|youre|ur|u) (are|r)? (a|an|such|just)? (a)? (fucking|stupid|worthless|dumb|pathetic|disgusting|ugly) (fucking|stupid|worthless|dumb|pathetic|ugly)? (bitch|idiot|moron|whore|slut|loser|retard|cunt|pig|piece|asshole|bastard)', 0.7),
    ('installation', 'TERM', 'sexual', '(hardcore|gay|lesbian|anal|amateur|hentai)? (porn|porno|pornhub|blowjob|blowjobs|cumshot|handjob|gangbang|bukkake|creampie|deepthroat)', 0.6),
    ('installation', 'TERM', 'sexual', '(write|describe|tell) ~4 (explicit|erotic|pornographic|graphic|smutty) (sex|sexual)? (scene|story|stories|fantasy|fanfiction|fanfic|roleplay)', 0.7),
    ('installation', 'TERM', 'violence', '(slit|cut) (his|her|their|your) (throat|throats)', 0.6),
    ('installation', 'TERM', 'violence', '(beat|beaten|stab|stabbed|bludgeon|bludgeoned|torture|tortured) (him|her|them|you) to death', 0.6),
    ('installation', 'TERM', 'violence/graphic', '(disembowel|disemboweled|disembowelled|dismember|dismembered|decapitate|decapitated|eviscerated|gouged) (him|her|them|his|their|the|a)? (body|bodies|corpse|corpses|victim|victims|head|eyes|alive)?', 0.6);

-- Attempts to override instructions. A verb like 'ignore' alone says nothing: what is ignored does.
insert into terms (organization_id, kind, phrase, score) values
    ('installation', 'INJECTION', '(ignore|ignoring|disregard|disregarding|forget|override|overrule|bypass|discard|neglect) (all|any|every|everything)? (of)? (the|your|my|these|those|this|its|our)? (previous|prior|preceding|above|earlier|former|existing|current|original|initial|past) (and)? (following|subsequent|above|prior|previous)? (instructions|instruction|prompts|prompt|rules|guidelines|directions|directives|commands|orders|context|messages|conversation|programming|restrictions|constraints|text|statements|tasks|assignments|information|training)', 0.9),
    ('installation', 'INJECTION', '(ignore|ignoring|disregard|disregarding|forget|override|bypass|discard) (all|any|every) (of)? (the|your|my|these|those|its)? (instructions|instruction|prompts|rules|guidelines|directives|programming|restrictions|safeguards)', 0.85),
    ('installation', 'INJECTION', '(ignore|disregard|forget|override|bypass) your (own)? (safety|content|ethical|moral|system)? (instructions|instruction|prompt|rules|guidelines|directives|programming|restrictions|filters|safeguards|guardrails|policies|policy|training)', 0.9),
    ('installation', 'INJECTION', '(ignore|disregard|forget) (all|everything|anything) (of)? (that)? (was|i|you|we|the|it)? (you)? (have|has|were|ve)? (been)? (said|wrote|written|told|learned|learnt|above|before|previously|instructed|mentioned|stated|know|knew)', 0.8),
    ('installation', 'INJECTION', '(system|hidden|initial|original|secret|developer|base) (prompt|prompts|instruction|instructions|message) (verbatim|word|exactly|above|here|below|in|now)', 0.4);
