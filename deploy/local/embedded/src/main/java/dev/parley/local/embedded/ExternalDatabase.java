package dev.parley.local.embedded;

import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Someone else's running server, which we neither start nor stop. */
record ExternalDatabase(String host, int port, String user, String password)
        implements DatabaseServer {

    static ExternalDatabase parse(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "PARLEY_POSTGRES_URL has to look like"
                            + " jdbc:postgresql://host:5432/postgres?user=postgres&password=secret");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        int port = source.getPortNumbers()[0];
        return new ExternalDatabase(
                source.getServerNames()[0],
                port == 0 ? 5432 : port,
                Optional.ofNullable(source.getUser()).orElse("postgres"),
                Optional.ofNullable(source.getPassword()).orElse(""));
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "PostgreSQL at " + host + ":" + port;
    }
}
