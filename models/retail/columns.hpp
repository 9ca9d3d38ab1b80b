#pragma once
#include "models/firms/columns.hpp"
#include "models/households/columns.hpp"
#include "models/sites/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::retail {

struct Category {
  static constexpr TableInfo info{"category", "one row per retail category (12)"};
};
/// Outlets: establishments that sell to households, sorted by category then commune then firm.
struct Outlet {
  static constexpr TableInfo info{"outlet", "one row per outlet, sorted by category, commune, establishment"};
};
/// row = category * zones + zone
struct CategoryZone {
  static constexpr TableInfo info{"category_zone", "one row per (category, place), place fastest"};
};
/// row = category * goods + good
struct CategoryGood {
  static constexpr TableInfo info{"category_good", "one row per (category, good)"};
};

struct OutletFirm : ColumnOf<Row, Outlet> {
  static constexpr ColumnInfo info{"outlet.firm", "1", "row of the establishment"};
};
struct OutletCategory : ColumnOf<std::uint8_t, Outlet> {
  static constexpr ColumnInfo info{"outlet.category", "1", "row of the category"};
};
struct OutletZone : ColumnOf<std::uint8_t, Outlet> {
  static constexpr ColumnInfo info{"outlet.zone", "1", "row of the place"};
};
struct OutletSize : ColumnOf<double, Outlet> {
  static constexpr ColumnInfo info{"outlet.size", "m2", "sales area (S)"};
};
struct OutletQuality : ColumnOf<double, Outlet> {
  static constexpr ColumnInfo info{"outlet.quality", "utils",
                                   "quality term, solved at t = 0 so that turnover matches output"};
};
struct OutletTurnover : ColumnOf<double, Outlet> {
  static constexpr ColumnInfo info{"outlet.turnover", "EUR/month", "spending of households at the outlet, before VAT"};
};
struct OutletBegin : ColumnOf<std::uint32_t, CategoryZone> {
  static constexpr ColumnInfo info{"category_zone.outlet_begin", "1", "first outlet of the category in the place"};
};
struct OutletCount : ColumnOf<std::uint32_t, CategoryZone> {
  static constexpr ColumnInfo info{"category_zone.outlet_count", "1", "number of outlets of the category in the place"};
};
/// Attraction of the poles outside the territory, in the units of outlets' S^a e^q; 0 inside the territory.
struct PoleAttraction : ColumnOf<double, CategoryZone> {
  static constexpr ColumnInfo info{"category_zone.pole_attraction", "1",
                                   "attraction of the shops of an external place"};
};
/// Share of a category's spending that goes to trade margins (good GZ); 1 for services.
struct MarginShare : ColumnOf<double, Category> {
  static constexpr ColumnInfo info{"category.margin_share", "share",
                                   "part of the spending before VAT that is output of the outlet"};
};
struct CategorySpending : ColumnOf<double, Category> {
  static constexpr ColumnInfo info{"category.spending_share", "share",
                                   "share of the category in all household spending before VAT"};
};
/// What the goods part of the category's spending is made of (rows sum to 1).
struct CategoryMix : ColumnOf<double, CategoryGood> {
  static constexpr ColumnInfo info{"category_good.mix", "share",
                                   "goods behind the counter: composition of spending without the margin"};
};
/// Which distance exponent: 0 daily, 1 weekly, 2 comparison, 3 services.
struct DistanceClass : ColumnOf<std::uint8_t, Category> {
  static constexpr ColumnInfo info{"category.distance_class", "1",
                                   "distance exponent: 0 daily, 1 weekly, 2 comparison, 3 services"};
};
/// row = commune * categories + category
struct CommuneCategory {
  static constexpr TableInfo info{"commune_category", "one row per (commune, category), category fastest"};
};
struct Spending : ColumnOf<double, CommuneCategory> {
  static constexpr ColumnInfo info{"commune_category.spending", "EUR/month",
                                   "spending of residents before VAT, all channels"};
};
struct Captured : ColumnOf<double, CommuneCategory> {
  static constexpr ColumnInfo info{"commune_category.captured", "EUR/month",
                                   "part of it spent at outlets of the territory"};
};
struct CapturedAtHome : ColumnOf<double, CommuneCategory> {
  static constexpr ColumnInfo info{"commune_category.captured_at_home", "EUR/month",
                                   "part of it spent at outlets of the own commune"};
};
/// Goods sold over local counters this month, before VAT and margins.
struct CounterGoods : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.counter_goods", "EUR/month",
                                   "value of the good in what local outlets sold, without margins"};
};
struct EcommerceShare : ColumnOf<double, Category> {
  static constexpr ColumnInfo info{"category.ecommerce_share", "share", "share of the category bought online at t = 0"};
};

}  // namespace metier::retail
