package dev.conduct.admin;

import dev.conduct.identity.Organisations;
import dev.conduct.identity.People;
import dev.conduct.identity.Teams;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;

/// The teams with their people and roles, and the organisations of customers.
///
/// @param products names by key
record TeamsPage(
        List<Teams.Team> teams,
        List<Organisations.Organisation> organisations,
        List<Procedure.Role> roles,
        Map<String, String> products,
        List<People.Person> people)
        implements View {

    @Override
    public String template() {
        return "admin/teams.jte";
    }

    @Override
    public String title() {
        return "Teams and customers";
    }

    String roleTitle(String name) {
        return roles.stream()
                .filter(role -> role.name().equals(name))
                .map(Procedure.Role::title)
                .findFirst()
                .orElse(name);
    }
}
