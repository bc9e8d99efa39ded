package dev.conduct.identity;

import java.util.List;

/// An OpenID Connect provider that people may sign in with.
///
/// @param id part of the address to which the provider sends people back
/// @param issuer as its tokens name it
/// @param secret true when one is kept; else the client is public and PKCE alone binds the code
/// @param groupsClaim the claim that lists a person's groups
/// @param asserts values of `acr` or `amr` that stand for a second factor given at the provider
/// @param directory true when its subjects are the external ids of the directory that provisions people here
/// @param givesRoles whether the groups it names give roles here
/// @param creates whether somebody unknown, with an address the provider verified, gets an account
public record Provider(
        String id,
        String name,
        String issuer,
        String clientId,
        boolean secret,
        String groupsClaim,
        List<String> asserts,
        boolean creates,
        boolean directory,
        boolean givesRoles,
        boolean active) {

    /// Where the provider tells that somebody signed out there.
    public String logout() {
        return "/sign-in/sso/" + id + "/logout";
    }

    /// Where the provider sends people back to, below the address of this server.
    public String callback() {
        return "/sign-in/sso/" + id + "/callback";
    }
}
