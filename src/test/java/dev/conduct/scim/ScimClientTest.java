package dev.conduct.scim;

import static org.assertj.core.api.Assertions.assertThat;

import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.GroupRoles;
import dev.conduct.identity.People;
import dev.conduct.identity.Scope;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// What a program that others wrote for SCIM 2.0 makes of our answers: it builds every request and judges every answer
/// (its status, content type, schemas and resource) by the standard as it reads it.
@ConductTest
class ScimClientTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String USERS = "/Users";
    private static final String GROUPS = "/Groups";

    private final Clients clients;
    private final GroupRoles groupRoles;
    private final People people;
    private final String address;
    private ScimRequestBuilder scim = builder("http://localhost", "");

    ScimClientTest(Clients clients, GroupRoles groupRoles, People people, @LocalServerPort int port) {
        this.clients = clients;
        this.groupRoles = groupRoles;
        this.people = people;
        this.address = "http://localhost:" + port;
    }

    @BeforeEach
    void a_directory_has_a_token() throws IOException, InterruptedException {
        scim = builder(address + "/scim/v2", token());
    }

    @AfterEach
    void it_hangs_up() {
        scim.close();
    }

    @Test
    void it_learns_what_the_server_can_do() {
        var answer = scim.loadMetaConfiguration().sendRequest();

        assertThat(answer.isSuccess()).as(answer.getResponseBody()).isTrue();
        var told = answer.getResource();
        assertThat(told.getServiceProvider().getPatchConfig().isSupported()).isTrue();
        assertThat(told.getServiceProvider().getBulkConfig().isSupported()).isFalse();
        assertThat(told.getResourceTypes())
                .extracting(type -> type.get("endpoint").textValue())
                .contains("/Users", "/Groups");
        assertThat(told.getSchemas()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void people_are_made_found_paged_replaced_patched_and_removed() {
        var email = "scim-" + UUID.randomUUID() + "@example.com";
        var external = "ext-" + UUID.randomUUID();
        var wanted = User.builder()
                .userName(email)
                .externalId(external)
                .name(Name.builder().givenName("Rosa").familyName("Lind").build())
                .emails(List.of(
                        Email.builder().value(email).type("work").primary(true).build()))
                .active(true)
                .build();

        var made = good(scim.create(User.class, USERS).setResource(wanted).sendRequest(), 201);
        var id = made.getId().orElseThrow();
        assertThat(made.getMeta().orElseThrow().getLocation().orElseThrow()).endsWith("/scim/v2/Users/" + id);
        var twice = scim.create(User.class, USERS).setResource(wanted).sendRequest();
        assertThat(twice.getHttpStatus()).isEqualTo(409);
        assertThat(twice.getErrorResponse().getScimType()).contains("uniqueness");

        for (var filter : Map.of("userName", email, "externalId", external).entrySet()) {
            var found = scim.list(User.class, USERS)
                    .filter(filter.getKey(), Comparator.EQ, filter.getValue())
                    .build()
                    .get()
                    .sendRequest();
            assertThat(found.isSuccess()).as(found.getResponseBody()).isTrue();
            assertThat(found.getResource().getListedResources()).singleElement().satisfies(user -> {
                assertThat(user.getId()).contains(id);
                assertThat(user.getUserName()).contains(email);
            });
        }
        var page = scim.list(User.class, USERS).startIndex(1).count(1).get().sendRequest();
        assertThat(page.getResource().getItemsPerPage()).isEqualTo(1);
        assertThat(page.getResource().getStartIndex()).isEqualTo(1);
        var unknown = scim.list(User.class, USERS)
                .filter("nickName", Comparator.CO, "x")
                .build()
                .get()
                .sendRequest();
        assertThat(unknown.getHttpStatus()).isEqualTo(400);
        assertThat(unknown.getErrorResponse().getScimType()).contains("invalidFilter");

        var version = made.getMeta().orElseThrow().getVersion().orElseThrow();
        wanted.setName(Name.builder().givenName("Rosa").familyName("Lindholm").build());
        var replaced = good(
                scim.update(User.class, USERS, id)
                        .setETagForIfMatch(version)
                        .setResource(wanted)
                        .sendRequest(),
                200);
        assertThat(replaced.getName().orElseThrow().getFormatted()).contains("Rosa Lindholm");
        var late = scim.update(User.class, USERS, id)
                .setETagForIfMatch(version)
                .setResource(wanted)
                .sendRequest();
        assertThat(late.getHttpStatus()).isEqualTo(412);

        var patched = good(
                scim.patch(User.class, USERS, id)
                        .addOperation()
                        .path("displayName")
                        .op(PatchOp.REPLACE)
                        .value("Rosa L.")
                        .next()
                        .path("active")
                        .op(PatchOp.REPLACE)
                        .value("false")
                        .build()
                        .sendRequest(),
                200);
        assertThat(patched.isActive()).contains(false);
        assertThat(people.find("person:" + id).orElseThrow())
                .returns("Rosa L.", People.Person::name)
                .returns(false, People.Person::active);
        assertThat(good(scim.get(User.class, USERS, id).sendRequest(), 200).getDisplayName())
                .contains("Rosa L.");

        assertThat(scim.delete(User.class, USERS, id).sendRequest().getHttpStatus())
                .isEqualTo(204);
        var gone = scim.get(User.class, USERS, id).sendRequest();
        assertThat(gone.getHttpStatus()).isEqualTo(404);
        assertThat(gone.getErrorResponse().getDetail()).isPresent();
    }

    @Test
    void groups_are_made_found_replaced_patched_and_removed_and_give_what_they_give() {
        var name = "Testers " + UUID.randomUUID();
        groupRoles.add(name, "qa", ADMINISTRATOR);
        var tom = person("Tom");
        var lena = person("Lena");

        var made = good(
                scim.create(Group.class, GROUPS).setResource(group(name, tom)).sendRequest(), 201);
        var id = made.getId().orElseThrow();
        assertThat(roles(tom)).containsExactly("qa");
        var found = scim.list(Group.class, GROUPS)
                .filter("displayName", Comparator.EQ, name)
                .build()
                .get()
                .sendRequest();
        assertThat(found.getResource().getListedResources())
                .singleElement()
                .satisfies(group -> assertThat(group.getMembers())
                        .extracting(member -> member.getValue().orElseThrow())
                        .containsExactly(tom));

        good(
                scim.patch(Group.class, GROUPS, id)
                        .addOperation()
                        .path("members")
                        .op(PatchOp.ADD)
                        .valueNode(Member.builder().value(lena).build())
                        .build()
                        .sendRequest(),
                200);
        assertThat(roles(lena)).containsExactly("qa");
        good(
                scim.patch(Group.class, GROUPS, id)
                        .addOperation()
                        .path("members[value eq \"" + tom + "\"]")
                        .op(PatchOp.REMOVE)
                        .build()
                        .sendRequest(),
                200);
        assertThat(roles(tom)).isEmpty();

        var replaced = good(
                scim.update(Group.class, GROUPS, id)
                        .setResource(group(name, tom))
                        .sendRequest(),
                200);
        assertThat(replaced.getMembers()).hasSize(1);
        assertThat(roles(tom)).containsExactly("qa");
        assertThat(roles(lena)).isEmpty();
        assertThat(good(scim.get(User.class, USERS, tom).sendRequest(), 200).getGroups())
                .extracting(group -> group.getValue().orElseThrow())
                .containsExactly(id);

        assertThat(scim.delete(Group.class, GROUPS, id).sendRequest().getHttpStatus())
                .isEqualTo(204);
        assertThat(roles(tom)).isEmpty();
    }

    /// What the program takes for an answer by the standard.
    private static <T extends de.captaingoldfish.scim.sdk.common.resources.ResourceNode> T good(
            ServerResponse<T> answer, int status) {
        assertThat(answer.getHttpStatus()).as(answer.getResponseBody()).isEqualTo(status);
        assertThat(answer.isValidScimResponse()).as(answer.getResponseBody()).isTrue();
        assertThat(answer.isSuccess()).as(answer.getResponseBody()).isTrue();
        return answer.getResource();
    }

    private String person(String name) {
        var user = User.builder()
                .userName("scim-" + UUID.randomUUID() + "@example.com")
                .displayName(name)
                .build();
        return good(scim.create(User.class, USERS).setResource(user).sendRequest(), 201)
                .getId()
                .orElseThrow();
    }

    private static Group group(String name, String member) {
        return Group.builder()
                .displayName(name)
                .members(List.of(Member.builder().value(member).type("User").build()))
                .build();
    }

    private Set<String> roles(String id) {
        return people.find("person:" + id).orElseThrow().roles();
    }

    private static ScimRequestBuilder builder(String address, String token) {
        return new ScimRequestBuilder(
                address,
                ScimClientConfig.builder()
                        .httpHeaders(Map.of("Authorization", "Bearer " + token))
                        .build());
    }

    private String token() throws IOException, InterruptedException {
        var key = clients.create("directory", Set.of("administrator"), Set.of(Scope.SCIM), "system:cli", "cli");
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/oauth2/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                    + key.clientId() + "&client_secret=" + key.clientSecret()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new JsonMapper().readTree(answer.body()).get("access_token").asString();
        }
    }
}
