package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The roles of the procedure in force, and who holds them.
@Component
public class Roles {

    private final Procedures procedures;
    private final JdbcClient db;
    private final InstantSource time;

    Roles(Procedures procedures, JdbcClient db, InstantSource time) {
        this.procedures = procedures;
        this.db = db;
        this.time = time;
    }

    public List<Procedure.Role> all() {
        return procedures.at(time.instant()).roles().values().stream()
                .sorted(Comparator.comparing(Procedure.Role::title))
                .toList();
    }

    /// Whether a role of theirs has the right. The system's own parts have every right.
    public boolean may(Actor actor, Right right) {
        return actor.id().startsWith("system:") || may(actor.roles(), right);
    }

    /// Whether any of these roles has the right.
    public boolean may(Set<String> held, Right right) {
        var known = procedures.at(time.instant()).roles();
        return held.stream()
                .map(known::get)
                .anyMatch(role -> role != null && role.rights().contains(right));
    }

    /// The names of the roles that have the right.
    public Set<String> granting(Right right) {
        return procedures.at(time.instant()).roles().values().stream()
                .filter(role -> role.rights().contains(right))
                .map(Procedure.Role::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the first person of an installation holds.
    Set<String> administering() {
        return procedures.at(time.instant()).roles().values().stream()
                .filter(Procedure.Role::administers)
                .map(Procedure.Role::name)
                .limit(1)
                .collect(Collectors.toSet());
    }

    /// What these are called, for a sentence: `Administrator, Project manager`.
    public String titles(Right right) {
        return all().stream()
                .filter(role -> role.rights().contains(right))
                .map(Procedure.Role::title)
                .collect(Collectors.joining(", "));
    }

    /// The same roles, when the procedure knows each.
    ///
    /// @throws Problem 400 naming each unknown one and the nearest that exists
    Set<String> checked(Collection<String> wanted) {
        var known = procedures.at(time.instant()).roles().keySet();
        var errors = new ArrayList<FieldProblem>();
        for (var role : wanted) {
            if (!known.contains(role)) {
                errors.add(new FieldProblem("roles", "unknown_role", says(role, known)));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.badInput(errors);
        }
        return new TreeSet<>(wanted);
    }

    /// Makes these the company-wide roles of the actor.
    void grant(UUID actor, Collection<String> granted) {
        // Those that stay keep the day since which they are held.
        db.sql("""
                delete from identity.granted_role
                 where actor = :actor and product is null and not role = any (:roles)
                """)
                .param("actor", actor)
                .param("roles", granted.toArray(String[]::new))
                .update();
        db.sql("""
                insert into identity.granted_role (actor, role, since) select :actor, unnest(:roles), :now
                on conflict do nothing
                """)
                .param("actor", actor)
                .param("now", Sql.time(time.instant()))
                .param("roles", granted.toArray(String[]::new))
                .update();
    }

    private static String says(String role, Set<String> known) {
        var nearest = known.stream().min(Comparator.comparingInt(name -> distance(role, name)));
        return "“" + role + "” is not a role of the procedure."
                + nearest.map(name -> " The nearest is “" + name + "”.").orElse("") + " Roles: "
                + String.join(", ", new TreeSet<>(known)) + ".";
    }

    /// Levenshtein's distance.
    private static int distance(String one, String other) {
        var costs = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            costs[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[other.length()];
    }
}
