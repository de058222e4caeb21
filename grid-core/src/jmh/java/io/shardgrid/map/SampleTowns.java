package io.shardgrid.map;

import java.util.SplittableRandom;

/**
 * The objects that codecs are measured with: some 150 bytes of JSON each. Stateless, and public, as
 * Afterburner wants classes.
 */
public final class SampleTowns {

  private static final String[] NAMES = {
    "Kyoto", "Sant Julià de Lòria", "Osaka", "Paris", "Ōmiya", "Andorra la Vella", "London", "Tokyo"
  };

  private SampleTowns() {}

  /** A town as a record. */
  public record Town(
      String id,
      String name,
      String country,
      double latitude,
      double longitude,
      long population,
      int elevation,
      boolean isCapital) {}

  /** A town as a bean with methods to read and to set each property. */
  public static final class TownBean {
    private String id = "";
    private String name = "";
    private String country = "";
    private double latitude;
    private double longitude;
    private long population;
    private int elevation;
    private boolean capital;

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public String getCountry() {
      return country;
    }

    public void setCountry(String country) {
      this.country = country;
    }

    public double getLatitude() {
      return latitude;
    }

    public void setLatitude(double latitude) {
      this.latitude = latitude;
    }

    public double getLongitude() {
      return longitude;
    }

    public void setLongitude(double longitude) {
      this.longitude = longitude;
    }

    public long getPopulation() {
      return population;
    }

    public void setPopulation(long population) {
      this.population = population;
    }

    public int getElevation() {
      return elevation;
    }

    public void setElevation(int elevation) {
      this.elevation = elevation;
    }

    public boolean isCapital() {
      return capital;
    }

    public void setCapital(boolean capital) {
      this.capital = capital;
    }
  }

  static Town[] towns(int count) {
    SplittableRandom random = new SplittableRandom(7);
    Town[] towns = new Town[count];
    for (int i = 0; i < count; i++) {
      towns[i] =
          new Town(
              String.valueOf(random.nextInt(1_000_000, 10_000_000)),
              NAMES[random.nextInt(NAMES.length)],
              "" + (char) ('A' + random.nextInt(26)) + (char) ('A' + random.nextInt(26)),
              random.nextInt(-9_000_000, 9_000_000) / 100_000.0,
              random.nextInt(-18_000_000, 18_000_000) / 100_000.0,
              random.nextInt(1_000_000),
              random.nextInt(4_000),
              random.nextInt(100) == 0);
    }
    return towns;
  }

  static TownBean bean(Town town) {
    TownBean bean = new TownBean();
    bean.setId(town.id());
    bean.setName(town.name());
    bean.setCountry(town.country());
    bean.setLatitude(town.latitude());
    bean.setLongitude(town.longitude());
    bean.setPopulation(town.population());
    bean.setElevation(town.elevation());
    bean.setCapital(town.isCapital());
    return bean;
  }
}
