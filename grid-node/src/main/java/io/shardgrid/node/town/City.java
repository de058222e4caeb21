package io.shardgrid.node.town;

/**
 * A populated place. Immutable.
 *
 * @param id GeoNames id
 * @param country ISO 3166-1 alpha-2
 * @param admin code of the first-level division
 * @param lat degrees north, WGS 84
 * @param lon degrees east, WGS 84
 * @param feature GeoNames feature code
 */
public record City(
    String id,
    String name,
    String country,
    String admin,
    long population,
    double lat,
    double lon,
    String feature) {

  /** The same town with another number of inhabitants. */
  public City withPopulation(long next) {
    return new City(id, name, country, admin, next, lat, lon, feature);
  }
}
