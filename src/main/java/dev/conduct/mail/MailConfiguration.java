package dev.conduct.mail;

import dev.conduct.database.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {

    @Bean
    Carrier carrier(MailSettings settings, DataFolder data) {
        return settings.host() == null ? new Folder(data.mail()) : new Smtp(settings, settings.host());
    }
}
