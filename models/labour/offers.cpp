#include "models/labour/offers.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace metier::labour {

namespace {

bool post_prefers(const Offer& a, const Offer& b) {
  return std::tie(b.fit, a.lot, a.person) < std::tie(a.fit, b.lot, b.person);
}
bool person_prefers(const Offer& a, const Offer& b) {
  return std::tie(b.utility, a.lot, a.vacancy) < std::tie(a.utility, b.lot, b.vacancy);
}

}  // namespace

std::vector<Offer> find_blocking_pairs(std::span<const Offer> offers) {
  using MonthKey = std::pair<std::int32_t, std::uint64_t>;
  std::map<MonthKey, Offer> of_post, of_person;
  for (const Offer& offer : offers) {
    if (offer.matched == 0) continue;
    of_post.emplace(MonthKey{offer.month, offer.vacancy}, offer);
    of_person.emplace(MonthKey{offer.month, offer.person}, offer);
  }
  std::vector<Offer> blocking;
  for (const Offer& offer : offers) {
    if (offer.matched != 0) continue;
    const auto post = of_post.find({offer.month, offer.vacancy});
    const auto person = of_person.find({offer.month, offer.person});
    const bool post_wants = post == of_post.end() || post_prefers(offer, post->second);
    const bool person_wants = person == of_person.end() || person_prefers(offer, person->second);
    if (post_wants && person_wants) blocking.push_back(offer);
  }
  return blocking;
}

}  // namespace metier::labour
