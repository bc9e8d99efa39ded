package dev.conduct.acceptance;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Acceptances as they stood at a moment: who was invited by then, what each had signed by then, what was
/// undecided then. A judgement that is looked at again later finds what it was made of.
@Component
class SessionsThen {

    private final JdbcClient database;

    SessionsThen(JdbcClient database) {
        this.database = database;
    }

    /// @param signedAt when somebody last signed it until then, or when it was opened
    record Stood(Session session, Instant signedAt) {}

    /// A commit of a product, at a moment.
    record Commit(String product, String commit, Instant at) {}

    /// The newest session on each of these commits that was opened until then, or else on another commit.
    Map<Commit, Stood> newest(List<Commit> asked) {
        var newest = new HashMap<Commit, Stood>();
        database.sql("""
                        select a.n, s.id, s.product, s.title, s.commit, s.build, s.environment, s.criteria, s.signs, s.opened_at,
                               case when s.closed_at <= a.until then s.closed_at end as closed_at,
                               i.invited, i.accepted, i.rejected, f.undecided, coalesce(i.signed_at, s.opened_at) as last_at
                          from unnest(:products::text[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(product, wanted, until, n)
                          cross join lateral (
                               select id
                                 from ((select id, 0 as place from acceptance.session
                                         where product = a.product and opened_at <= a.until
                                           and short = left(a.wanted, 7)
                                           and (starts_with(commit, a.wanted) or starts_with(a.wanted, commit))
                                         order by opened_at desc, id desc limit 1)
                                       union all
                                       (select id, 1 from acceptance.session
                                         where product = a.product and opened_at <= a.until
                                         order by opened_at desc, id desc limit 1)) known
                                order by place limit 1) found
                          join acceptance.session s on s.id = found.id
                          cross join lateral (
                               select count(*) as invited, count(*) filter (where v.verdict = 'accepted') as accepted,
                                      count(*) filter (where v.verdict = 'rejected') as rejected, max(v.signed_at) as signed_at
                                 from acceptance.invitation it
                                 left join lateral (
                                      select verdict, signed_at
                                        from (select it.verdict, it.signed_at
                                              union all
                                              select verdict, signed_at from acceptance.former_verdict
                                               where session = it.session and person = it.person) signed
                                       where signed_at <= a.until
                                       order by signed_at desc limit 1) v on true
                                where it.session = found.id and it.invited_at <= a.until) i
                          cross join lateral (
                               select count(*) as undecided
                                 from acceptance.feedback
                                where session = found.id and said_at <= a.until
                                  and (decision = '' or decided_at > a.until)) f
                        """)
                .param("products", asked.stream().map(Commit::product).toArray(String[]::new))
                .param("wanted", asked.stream().map(Commit::commit).toArray(String[]::new))
                .param("moments", asked.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .query(row -> {
                    newest.put(
                            asked.get(row.getInt("n") - 1),
                            new Stood(
                                    SessionLists.session(row, 0),
                                    row.getObject("last_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return newest;
    }
}
