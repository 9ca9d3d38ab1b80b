#include "models/dimensions.hpp"

namespace metier {

namespace {

/// Codes and labels from rows that have members code, label_en, label_fr.
template <class Rows>
DimensionInfo from_rows(std::string name, std::string en, std::string fr, const Rows& rows) {
  DimensionInfo dimension{std::move(name), std::move(en), std::move(fr), {}, {}, {}};
  for (const auto& row : rows) {
    dimension.codes.push_back(row.code);
    dimension.labels_en.push_back(row.label_en);
    dimension.labels_fr.push_back(row.label_fr);
  }
  return dimension;
}

}  // namespace

std::vector<DimensionInfo> territory_dimensions(const synthesis::DataPack& pack, const synthesis::PeoplePack& people,
                                                const synthesis::EconomyPack& economy) {
  DimensionInfo commune{"commune", "Commune", "Commune", {}, {}, {}};
  for (const synthesis::CommuneData& c : pack.communes) {
    commune.codes.push_back(c.code);
    commune.labels_en.push_back(c.name);
    commune.labels_fr.push_back(c.name);
  }
  return {
      commune,
      from_rows("sector", "Sector (A38)", "Secteur (A38)", pack.sectors),
      from_rows("zone", "Zone outside the territory", "Zone extérieure au territoire", pack.external_zones),
      from_rows("occupation", "Occupation group (FAP domain and level)", "Groupe de métiers (domaine et niveau FAP)",
                people.occupations),
      from_rows("category", "Category of shops and services", "Catégorie de commerces et services", economy.categories),
      {"zone_group",
       "Outside economy",
       "Économie extérieure",
       {"rof", "nwe", "row"},
       {"rest of France", "North-West Europe", "rest of the world"},
       {"reste de la France", "Europe du Nord-Ouest", "reste du monde"}},
      {"size",
       "Employees of the establishment",
       "Salariés de l'établissement",
       {"0", "1-9", "10-49", "50-249", "250+"},
       {"none", "1 to 9", "10 to 49", "50 to 249", "250 or more"},
       {"aucun", "1 à 9", "10 à 49", "50 à 249", "250 ou plus"}},
      {"age",
       "Age",
       "Âge",
       {"15-24", "25-54", "55+"},
       {"under 25", "25 to 54", "55 or more"},
       {"moins de 25 ans", "25 à 54 ans", "55 ans ou plus"}},
      {"duration",
       "Months without a job",
       "Mois sans emploi",
       {"0-2", "3-5", "6-11", "12-23", "24+"},
       {"0 to 2", "3 to 5", "6 to 11", "12 to 23", "24 or more"},
       {"0 à 2", "3 à 5", "6 à 11", "12 à 23", "24 ou plus"}},
      {"quantile",
       "Quantile",
       "Quantile",
       {"p10", "p50", "p90"},
       {"first decile", "median", "ninth decile"},
       {"premier décile", "médiane", "neuvième décile"}},
      {"cause",
       "What limits output",
       "Ce qui limite la production",
       {"demand", "labour", "capital", "input", "energy"},
       {"demand", "labour", "capital", "inputs", "energy"},
       {"demande", "travail", "capital", "consommations intermédiaires", "énergie"}},
  };
}

}  // namespace metier
