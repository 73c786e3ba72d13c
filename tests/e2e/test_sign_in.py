def test_coordinator_signs_in_and_meets_their_own_page(page, coordinator, sign_in, assert_accessible):
    page.goto("/konto/logga-in/")
    assert_accessible(page)

    sign_in(page, coordinator)

    assert_accessible(page)
    assert page.get_by_role("heading", level=1).count() == 1
