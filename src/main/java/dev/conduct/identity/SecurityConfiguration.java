package dev.conduct.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.transaction.support.TransactionOperations;

/// Four chains: the token end point, the API (bearer token, or the session of our own pages), mocks, and the pages.
/// Whoever has not signed in has a session of 15 minutes; sign-in sets its own limits.
@Configuration
@EnableJdbcHttpSession(tableName = "identity.session", maxInactiveIntervalInSeconds = 900)
class SecurityConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain tokenEndpoint(
            HttpSecurity http, ClientTries tries, AppTokenEndpoint apps, SecurityHeaders headers) throws Exception {
        return http.securityMatcher("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/oauth2/jwks")
                .oauth2AuthorizationServer(
                        server -> server.clientAuthentication(clients -> clients.errorResponseHandler(tries::refused)))
                .addFilterBefore(tries.filter(), AbstractPreAuthenticatedProcessingFilter.class)
                .addFilterBefore(apps.filter(), AbstractPreAuthenticatedProcessingFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.anyRequest().access(AuthenticatedAuthorizationManager.authenticated()))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers::write)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(
            HttpSecurity http,
            BearerTokens bearers,
            RequestRates rates,
            RouteTable routes,
            Refusals refusals,
            SecurityHeaders headers,
            CsrfTokenRepository csrfTokens)
            throws Exception {
        return http.securityMatcher("/api/**", "/scim/**", "/metrics")
                .addFilterAfter(rates.filter(), AuthorizationFilter.class)
                .authorizeHttpRequests(routes::protect)
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> bearers)
                        .authenticationEntryPoint(refusals.unknownProgram())
                        .accessDeniedHandler(refusals.deniedProgram()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(refusals.unknownProgram())
                        .accessDeniedHandler(refusals.deniedProgram()))
                .csrf(csrf ->
                        csrf.csrfTokenRepository(csrfTokens).requireCsrfProtectionMatcher(SecurityConfiguration::rides))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers::write)
                .build();
    }

    /// What mocks answer was uploaded by people: it sees no session, and no browser takes it for a page of this server.
    @Bean
    @Order(3)
    SecurityFilterChain mockAnswers(HttpSecurity http, RouteTable routes) throws Exception {
        return http.securityMatcher("/mock/**")
                .authorizeHttpRequests(routes::protect)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(Customizer.withDefaults())
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'; sandbox")))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(
            HttpSecurity http,
            RouteTable routes,
            Refusals refusals,
            SecurityHeaders headers,
            CsrfTokenRepository csrfTokens)
            throws Exception {
        return http.authorizeHttpRequests(routes::protect)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(refusals.unknownPerson())
                        .accessDeniedHandler(refusals.deniedPerson()))
                // Mail programs end letters (RFC 8058), hosts tell of code, and providers of an end, by a POST with its
                // own proof and no session.
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .ignoringRequestMatchers("/unsubscribe", "/hooks/*", "/sign-in/sso/*/logout"))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers::write)
                .build();
    }

    /// Two factors, on every rule of every chain but the open ones.
    @Bean
    AuthorizationManagerFactory<Object> twoFactors(@Value("${conduct.demo:false}") boolean demo) {
        var factory = new DefaultAuthorizationManagerFactory<Object>();
        factory.setAdditionalAuthorization(Factors.complete(demo));
        return factory;
    }

    @Bean
    CsrfTokenRepository csrfTokens() {
        return new HttpSessionCsrfTokenRepository();
    }

    /// One statement reads a session, in no transaction; `SparingSessions` begins one for what it writes.
    @Bean(name = "springSessionTransactionOperations", defaultCandidate = false)
    TransactionOperations sessionsReadAlone() {
        return TransactionOperations.withoutTransaction();
    }

    @Bean
    SessionIdGenerator sessionIds() {
        return new SessionIds();
    }

    @Bean
    SecurityContextRepository securityContexts() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    JWKSource<SecurityContext> signingKey(SigningKeys keys) {
        return keys.published();
    }

    @Bean
    JwtEncoder accessTokenEncoder(SigningKeys keys) {
        return new NimbusJwtEncoder(keys.signing());
    }

    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> signingKey, InstantSource time) {
        return new KnownTokens(NimbusJwtDecoder.withJwkSource(signingKey).build(), time);
    }

    /// Each filter and rule of each request timed and counted costs more than what they do.
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    AuthorizationServerSettings authorizationServer() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    PasswordEncoder clientSecrets(JdbcClient db, InstantSource time) {
        return new RegisteredClients.AnyKey(db, time);
    }

    /// Nobody signs in by the framework's own forms; without this it would invent a user.
    @Bean
    UserDetailsService nobody() {
        return name -> {
            throw new UsernameNotFoundException("there are no such users");
        };
    }

    /// Only a request that could ride on a browser's session needs the form token.
    private static boolean rides(HttpServletRequest request) {
        return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request) && request.getRequestedSessionId() != null;
    }
}
