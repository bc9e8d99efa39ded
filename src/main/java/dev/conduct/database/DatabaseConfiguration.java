package dev.conduct.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Opens the database, migrates it as its owner, and gives the modules a pool that works as the application role.
@Configuration
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    private static final int CONNECTIONS = 20;

    @Bean
    Readers readers() {
        return new Readers();
    }

    @Bean
    DataFolder dataFolder(DatabaseSettings settings) {
        return new DataFolder(settings.data(), settings.keys());
    }

    @Bean
    Database database(DataFolder data, DatabaseSettings settings) throws IOException {
        return Database.open(data, settings);
    }

    @Bean
    WriteAheadLog writeAheadLog(Database database, DataFolder data) {
        return new WriteAheadLog(database.embedded() ? new PostgresFiles(data.database()) : null);
    }

    @Bean
    AppRole appRole(Database database, DataFolder data, DatabaseSettings settings) throws SQLException, IOException {
        return AppRole.of(database, data, settings.db().app());
    }

    /// Statements end after five seconds. Work known to take longer says so itself: `set local statement_timeout`.
    /// An external PostgreSQL is told what the embedded one has in its configuration: that reading an index costs
    /// little.
    @Bean
    @Primary
    HikariDataSource dataSource(Database database, AppRole appRole, Readers readers) {
        var pool = new HikariConfig();
        pool.setPoolName("conduct");
        pool.setDataSource(new CurrentSource(() -> {
            var source = appRole.access(database.owner()).dataSource();
            source.setReWriteBatchedInserts(true);
            source.setOptions("-c statement_timeout=5s -c idle_in_transaction_session_timeout=60s"
                    + " -c random_page_cost=1.1 -c jit=off");
            return source;
        }));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(2);
        // Whoever waits for a database that died and comes back is through, or told, within ten seconds of its end.
        pool.setConnectionTimeout(8_000);
        pool.setInitializationFailTimeout(-1);
        return new ReaderPool(pool, readers);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource ownerDataSource(Database database) {
        return new CurrentSource(() -> database.owner().dataSource());
    }

    @Bean
    FlywayConfigurationCustomizer appRoleInMigrations(AppRole appRole) {
        return flyway -> flyway.placeholders(Map.of("app_role", appRole.name()));
    }

    /// A guest leaves the tables as the running server made them.
    @Bean
    FlywayMigrationStrategy migrateWhatIsOurs(Database database) {
        return flyway -> {
            if (!database.visited()) {
                flyway.migrate();
            }
        };
    }
}
