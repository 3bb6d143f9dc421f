/* The duties of the Code of 2024 in one pass over the cases: how fast the same look-ups can be at all.

   Written for the cases of make_cases.py, like by_hand.py, whose words it uses. fused.py puts the numbers of the facts,
   of the reasons and of the duties before it (E_..., F_..., R_..., the tables LETTERS and ITEMS), compiles it and checks
   that it agrees in every cell. A block of cases is worked on at a time, so that what is made on the way stays near. */

#include <stdint.h>

#define BLOCK 512
#define NONE INT32_MIN /* no day, no figure */

typedef int32_t day;
typedef uint8_t code;
enum { NO, YES, UNKNOWN }; /* Kleene's three values */

typedef struct {
    const day *const *events;          /* the days, by E_... */
    const uint8_t *const *states;      /* their states */
    const uint8_t *const *flags;       /* yes or no, by F_... */
    const uint8_t *const *flag_states; /* their states */
    const int32_t *handler, *stage2_handler; /* each name a number; NONE without one */
    const day *within5, *within10, *within20; /* the deadline by the place of the start */
    const int32_t *ordinal;                   /* working days up to the day */
    int32_t length, before;                   /* of the tables; the day before their first */
    day now, far, first_ever;
} Given;

typedef struct {
    code *const *outcome, *const *reason; /* by duty */
    day *const *due;                      /* by duty; null for those without a deadline */
    int32_t *const *late;
} Found;

typedef struct { day d, first, last; uint8_t done, never, past, state; } Event;
typedef struct { code ack, log, answer, told, limit; day due[5]; int32_t late[5]; } Timed;
typedef struct { code right, wrong, open; } Letter;

static inline int le(day a, day b) { return a != NONE && b != NONE && a <= b; }
static inline int gt(day a, day b) { return a != NONE && b != NONE && a > b; }
static inline day smaller(day a, day b) { return b == NONE || le(a, b) ? a : b; }
static inline int breach(code r) { return r >= 32 && r < 64; }

static inline int32_t look_up(const int32_t *table, day d, const Given *g) {
    uint32_t place = (uint32_t)d - (uint32_t)g->before;
    return d == NONE || place >= (uint32_t)g->length ? NONE : table[place];
}

static inline int said_of(const Given *g, int flag, int64_t row) {
    uint8_t s = g->flag_states[flag][row];
    return s == 2 ? NO : s == 1 ? g->flags[flag][row] : UNKNOWN;
}

static inline code decide(const Event *e, day first, day last, day now) {
    int too_late = gt(e->first, last);
    if (e->done == NO)
        return le(now, first) ? R_NOT_YET_DUE : gt(now, last) ? R_NOT_DONE_AND_DUE : R_START_UNKNOWN;
    if (e->done == YES) return le(e->last, first) ? R_IN_TIME : too_late ? R_LATE : R_START_UNKNOWN;
    return too_late && gt(now, last) ? R_LATE : R_DEED_UNKNOWN;
}

static inline code unless_refused(code was, const Event *deed, const Event *refused, day first, day last) {
    if (!(breach(was) || deed->done == NO)) return was;
    if (refused->last == NONE) return refused->state == 3 ? R_TRIGGER_UNKNOWN : was;
    if (refused->done == YES && le(refused->last, first)) return R_COMPLAINT_REFUSED;
    return gt(refused->first, last) ? was : R_START_UNKNOWN;
}

static inline void figures(Timed *t, int n, code r, day first, day last, day actual, const Given *g) {
    day due = breach(r) ? last : r < 96 || r == R_COMPLAINT_REFUSED ? first : NONE;
    int32_t a = look_up(g->ordinal, actual, g), b = look_up(g->ordinal, due, g);
    t->due[n] = due;
    t->late[n] = a == NONE || b == NONE ? NONE : a - b;
}

static inline day actual_of(code r, const Event *deed, day now) {
    return r == R_NOT_DONE_AND_DUE ? now : r == R_LATE && deed->done == YES ? deed->last : NONE;
}

/* Acknowledge, log, answer, and the two duties of an extension, at one stage. */
static inline Timed stage_of(const Event *root, const Event *ack, const Event *log, const Event *told, const Event *to,
                             const Event *answer, const Event *refused, const day *days, int good, int bad_root,
                             int bad_ack, int bad_log, int bad_told, int bad_to, int bad_answer, const Given *g) {
    Timed t;
    day now = g->now, far = g->far;
    day lf = look_up(g->within5, root->first, g), ll = look_up(g->within5, root->last, g);
    day gf = look_up(days, lf, g), gl = look_up(days, ll, g);
    int over = ack->done == NO || gt(ack->first, gl);
    day af = look_up(days, ack->first, g), al = look_up(days, smaller(ack->last, gl), g);
    day bf = over ? gf : gf == NONE || gl == NONE ? NONE : gt(ack->last, gf) ? smaller(af, gf) : af;
    day bl = over ? gl : al;
    int doubt = bad_told || bad_to, dated = to->d != NONE, none = told->done == NO;
    int plain = !dated && to->state != 3 && told->last != NONE;
    day ef = look_up(days, bf, g), el = look_up(days, bl, g);
    int was = told->state != 1 && dated ? YES : told->done;
    if (was == NO) good = NO;
    int asked = !none && !(!doubt && gt(told->first, bl));
    int surely = asked && !doubt && told->done == YES && le(told->last, bf);
    day rf = good == YES && !plain ? far : ef, rl = good != NO && !plain ? far : el;
    day moved = smaller(dated ? to->d : to->state == 3 ? g->first_ever : far, rf);
    day b = bl == NONE ? NONE : smaller(dated && !doubt ? to->d : far, rl);
    day wf = surely && moved < far && gt(moved, bf) ? moved : bf;
    day wl = !asked ? bl : b != NONE && b < far ? (gt(b, bl) ? b : bl) : NONE;

    int open_root = root->done == UNKNOWN, root_unsure = lf == NONE || lf != ll, unsure = bf == NONE || bf != bl;
    code r_ack = unless_refused(decide(ack, lf, ll, now), ack, refused, lf, ll);
    code r_log = unless_refused(decide(log, lf, ll, now), log, refused, lf, ll);
    code r_answer = unless_refused(decide(answer, wf, wl, now), answer, refused, wf, wl);
    code r_told = decide(told, bf, bl, now);
    if (r_ack == R_START_UNKNOWN && !root_unsure) r_ack = R_DEED_UNKNOWN;
    if (r_log == R_START_UNKNOWN && !root_unsure) r_log = R_DEED_UNKNOWN;
    if (r_answer == R_START_UNKNOWN) {
        int past = answer->done != UNKNOWN && gt(answer->done == YES ? answer->first : now, bl);
        int hinge = (wf != bf || wl != bl) && past && (bf == bl || told->done != YES);
        r_answer = hinge ? R_EXTENSION_UNKNOWN : unsure ? R_START_UNKNOWN : R_DEED_UNKNOWN;
    } else if (r_answer == R_IN_TIME && !none && gt(answer->last, bl)) {
        r_answer = R_IN_EXTENDED_TIME;
    }
    if (r_told == R_START_UNKNOWN && !unsure) r_told = R_DEED_UNKNOWN;
    if (was == NO) r_told = R_NO_EXTENSION;
    if (was == UNKNOWN) r_told = R_TRIGGER_UNKNOWN;

    day kf = good == YES && bf != NONE ? far : ef, kl = good != NO && bl != NONE ? far : el;
    code r_limit = was == UNKNOWN                   ? R_TRIGGER_UNKNOWN
                   : was == NO                      ? R_NO_EXTENSION
                   : to->state == 2                 ? R_NO_NEW_DATE
                   : to->d == NONE                  ? R_EXTENSION_UNKNOWN
                   : le(to->d, kf)                  ? R_WITHIN_LIMIT
                   : gt(to->d, kl) && kl == bl      ? R_EXTENSION_NOT_PERMITTED
                   : gt(to->d, kl)                  ? R_BEYOND_LIMIT
                   : bf == bl                       ? R_CONDITION_UNKNOWN
                                                    : R_START_UNKNOWN;
    if (open_root) r_ack = r_log = r_answer = r_told = r_limit = R_TRIGGER_UNKNOWN;
    if (root->done == NO) r_ack = r_log = r_answer = r_told = r_limit = R_STAGE_NOT_REACHED;
    if (bad_root || bad_ack) r_ack = r_answer = r_told = r_limit = R_CONTRADICTORY;
    if (bad_root || bad_log) r_log = R_CONTRADICTORY;
    if (bad_answer) r_answer = R_CONTRADICTORY;
    if (bad_told || bad_to) r_told = r_limit = R_CONTRADICTORY;

    figures(&t, 0, r_ack, lf, ll, actual_of(r_ack, ack, now), g);
    figures(&t, 1, r_log, lf, ll, actual_of(r_log, log, now), g);
    figures(&t, 2, r_answer, wf, wl, actual_of(r_answer, answer, now), g);
    figures(&t, 3, r_told, bf, bl, actual_of(r_told, told, now), g);
    figures(&t, 4, r_limit, r_limit == R_WITHIN_LIMIT && kf < far ? kf : NONE, kl, breach(r_limit) ? to->d : NONE, g);
    t.ack = r_ack, t.log = r_log, t.answer = r_answer, t.told = r_told, t.limit = r_limit;
    return t;
}

static inline int before(const Event *e, const Event *cause) {
    return gt(cause->d, e->d) || (cause->state == 2 && e->past);
}

/* What an item of a letter comes to where it says what it must, where it does not, and where nobody knows. */
static inline Letter letter_of(const Event *e) {
    Letter made;
    int sent = e->done == YES || e->last == NONE;
    made.right = e->done == NO ? (e->state == 2 ? R_CONTRADICTORY : R_LETTER_NOT_SENT) : sent ? R_DONE : R_CONTENT_UNKNOWN;
    made.wrong = e->done == NO ? R_LETTER_NOT_SENT : e->done == UNKNOWN ? R_TRIGGER_UNKNOWN : R_LEFT_OUT;
    made.open = e->done == NO ? R_LETTER_NOT_SENT : R_CONTENT_UNKNOWN;
    return made;
}

static inline code pick(Letter l, int said) { return said == YES ? l.right : said == NO ? l.wrong : l.open; }

static inline code on_grounds(int bad, uint8_t reached, uint8_t refused) {
    return bad                  ? R_CONTRADICTORY
           : reached == NO      ? R_STAGE_NOT_REACHED
           : reached == UNKNOWN ? R_TRIGGER_UNKNOWN
           : refused == UNKNOWN ? R_DEED_UNKNOWN
           : refused == NO      ? R_NOT_DONE_AS_REQUIRED
                                : R_GROUND_UNKNOWN;
}

static inline code intervals(Letter l, int said, code answer) {
    code made = pick(l, said);
    if (answer >= 96 && answer < 128) return made < 96 ? R_CONDITION_UNKNOWN : made;
    return breach(answer) ? made : R_CONDITION_NOT_MET;
}

void judge(int64_t rows, const Given *g, const Found *f) {
    for (int64_t start = 0; start < rows; start += BLOCK) {
        int many = rows - start < BLOCK ? (int)(rows - start) : BLOCK;
        code right[N_LETTERS][BLOCK], wrong[N_LETTERS][BLOCK], open[N_LETTERS][BLOCK];
        code barred[N_LETTERS][BLOCK]; /* what two entries that contradict one another come to */
        for (int i = 0; i < many; i++) {
            int64_t row = start + i;
            Event e[N_EVENTS];
            for (int n = 0; n < N_EVENTS; n++) {
                e[n].state = g->states[n][row];
                e[n].d = e[n].state == 1 ? g->events[n][row] : NONE;
                e[n].past = le(e[n].d, g->now);
                e[n].never = e[n].state == 2 || gt(e[n].d, g->now);
            }
            day received = e[E_RECEIVED].d, requested = e[E_ESCALATION_REQUESTED].d;
            day after2 = requested == NONE || (received != NONE && received >= requested) ? received : requested;
            int came2 = 0, came1 = e[E_CLOSED].past;
            for (int n = E_FIRST_OF_2; n <= E_LAST_OF_2; n++) came2 |= e[n].past;
            for (int n = E_FIRST_OF_1; n <= E_LAST_OF_1; n++) came1 |= e[n].past;
            came1 |= came2;
            for (int n = 0; n <= E_LAST_OF_2; n++) {
                int shown = n == E_RECEIVED ? came1 : n == E_ESCALATION_REQUESTED ? came2 : 0;
                int came = e[n].past || (e[n].d == NONE && shown);
                day after = n == E_RECEIVED ? NONE : n <= E_LAST_OF_1 ? received : after2;
                e[n].done = e[n].never ? NO : came ? YES : UNKNOWN;
                e[n].last = e[n].past ? e[n].d : NONE;
                e[n].first = e[n].never ? NONE : e[n].d != NONE ? e[n].d : after;
            }
            int bad[N_EVENTS], bad_received = 0, bad_requested;
            for (int n = E_FIRST_OF_1; n <= E_LAST_OF_1; n++)
                bad_received |= bad[n] = before(&e[n], &e[E_RECEIVED]);
            bad_received |= before(&e[E_CLOSED], &e[E_RECEIVED]);
            bad_received |= bad[E_EXTENDED_TO] = gt(received, e[E_EXTENDED_TO].d);
            bad_requested = bad[E_ESCALATION_REQUESTED];
            for (int n = E_FIRST_OF_2; n <= E_LAST_OF_2; n++) {
                int one = before(&e[n], &e[E_RECEIVED]), other = before(&e[n], &e[E_ESCALATION_REQUESTED]);
                bad_received |= one, bad_requested |= other, bad[n] = one || other;
            }
            day until2 = e[E_STAGE2_EXTENDED_TO].d;
            bad[E_STAGE2_EXTENDED_TO] = gt(received, until2) || gt(requested, until2);
            bad_received |= gt(received, until2), bad_requested |= gt(requested, until2);

            Timed one = stage_of(&e[E_RECEIVED], &e[E_ACKNOWLEDGED], &e[E_LOGGED], &e[E_EXTENSION_NOTIFIED],
                                 &e[E_EXTENDED_TO], &e[E_RESPONDED], &e[E_REFUSED], g->within10,
                                 said_of(g, F_EXTENSION_GOOD_REASON, row), bad_received, bad[E_ACKNOWLEDGED],
                                 bad[E_LOGGED], bad[E_EXTENSION_NOTIFIED], bad[E_EXTENDED_TO], bad[E_RESPONDED], g);
            Timed two = stage_of(&e[E_ESCALATION_REQUESTED], &e[E_STAGE2_ACKNOWLEDGED], &e[E_STAGE2_LOGGED],
                                 &e[E_STAGE2_EXTENSION_NOTIFIED], &e[E_STAGE2_EXTENDED_TO], &e[E_STAGE2_RESPONDED],
                                 &e[E_ESCALATION_REFUSED], g->within20, said_of(g, F_STAGE2_EXTENSION_GOOD_REASON, row),
                                 bad_requested, bad[E_STAGE2_ACKNOWLEDGED], bad[E_STAGE2_LOGGED],
                                 bad[E_STAGE2_EXTENSION_NOTIFIED], bad[E_STAGE2_EXTENDED_TO], bad[E_STAGE2_RESPONDED], g);
            int known = received != NONE;
            const Timed *both[] = {&one, &two};
            for (int s = 0; s < 2; s++) {
                const code codes[] = {both[s]->ack, both[s]->log, both[s]->answer, both[s]->told, both[s]->limit};
                for (int n = 0; n < 5; n++) {
                    int duty = TIMED[s][n];
                    f->reason[duty][row] = known ? codes[n] : R_RECEIPT_UNKNOWN;
                    f->due[duty][row] = known ? both[s]->due[n] : NONE;
                    f->late[duty][row] = known ? both[s]->late[n] : NONE;
                }
            }
            uint8_t reached = e[E_ESCALATION_REQUESTED].done;
            uint8_t shut1 = !known ? R_RECEIPT_UNKNOWN : e[E_RECEIVED].done == NO ? R_STAGE_NOT_REACHED : 255;
            uint8_t shut2 = !known         ? R_RECEIPT_UNKNOWN
                            : reached != NO ? 255
                            : bad_requested ? R_CONTRADICTORY
                                            : R_STAGE_NOT_REACHED;
            /* What stands at a stage (255: nothing) comes before anything that a letter says. */
            for (int n = 0; n < N_LETTERS; n++) {
                Letter made = letter_of(&e[LETTERS[n].event]);
                uint8_t stands = LETTERS[n].stage == 1 ? shut1 : shut2;
                right[n][i] = stands == 255 ? made.right : stands;
                wrong[n][i] = stands == 255 ? made.wrong : stands;
                open[n][i] = stands == 255 ? made.open : stands;
                barred[n][i] = stands == 255 ? R_CONTRADICTORY : stands;
            }
            code agreed1 = intervals(letter_of(&e[E_RECEIVED]), said_of(g, F_UPDATE_INTERVALS_AGREED, row), one.answer);
            code agreed2 = intervals(letter_of(&e[E_ESCALATION_REQUESTED]),
                                     said_of(g, F_STAGE2_UPDATE_INTERVALS_AGREED, row), two.answer);
            f->reason[INTERVALS_1][row] = shut1 == 255 ? agreed1 : shut1;
            f->reason[INTERVALS_2][row] = shut2 == 255 ? agreed2 : shut2;
            code grounds1 = on_grounds(bad_received || bad[E_REFUSED], e[E_RECEIVED].done, e[E_REFUSED].done);
            code grounds2 = on_grounds(bad_requested || bad[E_ESCALATION_REFUSED], reached, e[E_ESCALATION_REFUSED].done);
            f->reason[GROUNDS_1][row] = known ? grounds1 : R_RECEIPT_UNKNOWN;
            f->reason[GROUNDS_2][row] = known ? grounds2 : R_RECEIPT_UNKNOWN;
            int asked = said_of(g, F_ESCALATION_REASONS_REQUIRED, row);
            code required = asked == UNKNOWN    ? R_CONTENT_UNKNOWN
                            : asked == NO       ? (reached == YES ? R_NOT_DONE_AS_REQUIRED : R_CONTENT_UNKNOWN)
                            : reached == UNKNOWN ? R_TRIGGER_UNKNOWN
                                                 : R_FORBIDDEN_DONE;
            f->reason[ASKED][row] = shut2 == 255 ? required : shut2;
            uint8_t decided = e[E_STAGE2_RESPONDED].done;
            int32_t a = g->handler[row], b = g->stage2_handler[row];
            code people = (bad_requested || bad[E_STAGE2_RESPONDED]) && reached == NO ? R_CONTRADICTORY
                          : reached == NO                                    ? R_STAGE_NOT_REACHED
                          : reached == UNKNOWN                               ? R_TRIGGER_UNKNOWN
                          : decided == NO                                    ? R_STAGE_NOT_DECIDED
                          : a == NONE || b == NONE || decided == UNKNOWN     ? R_PERSON_UNKNOWN
                          : a == b                                           ? R_SAME_PERSON
                                                                             : R_DIFFERENT_PERSON;
            f->reason[PEOPLE][row] = known ? people : R_RECEIPT_UNKNOWN;
        }
        for (int n = 0; n < N_ITEMS; n++) {
            const uint8_t *restrict said = g->flags[ITEMS[n].flag] + start;
            const uint8_t *restrict state = g->flag_states[ITEMS[n].flag] + start;
            const code *restrict yes = right[ITEMS[n].letter], *restrict no = wrong[ITEMS[n].letter];
            const code *restrict unknown = open[ITEMS[n].letter], *restrict bar = barred[ITEMS[n].letter];
            code *restrict reason = f->reason[ITEMS[n].duty] + start;
            if (ITEMS[n].date >= 0) { /* a new date on record says itself that there is one */
                const uint8_t *restrict dated = g->states[ITEMS[n].date] + start;
                for (int i = 0; i < many; i++) {
                    code told = state[i] == 1 ? (said[i] ? yes[i] : no[i]) : state[i] == 2 ? no[i] : unknown[i];
                    code sure = state[i] == 1 && !said[i] ? bar[i] : yes[i];
                    reason[i] = dated[i] == 1 ? sure : told;
                }
            } else {
                for (int i = 0; i < many; i++)
                    reason[i] = state[i] == 1 ? (said[i] ? yes[i] : no[i]) : state[i] == 2 ? no[i] : unknown[i];
            }
        }
        for (int duty = 0; duty < N_DUTIES; duty++) {
            const code *restrict reason = f->reason[duty] + start;
            code *restrict outcome = f->outcome[duty] + start;
            for (int i = 0; i < many; i++) outcome[i] = reason[i] / 32;
        }
    }
}
