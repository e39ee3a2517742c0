package com.roster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The service config that clients should use: the retry policy and client-side load balancing. */
public final class ServiceConfig {
  /** The service config in JSON. A channel takes it parsed: as a map, with every number a Double. */
  public static final String JSON = read();

  private ServiceConfig() {}

  private static String read() {
    try (InputStream file = ServiceConfig.class.getResourceAsStream("service-config.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
