from vedette.api.finding import AnyCall
from vedette.api.shapes.issue import IssueDetail, issue_detail, issue_shape
from vedette.store.queries import projects
from vedette.store.queries.issues import IssueRow


async def describe_issue(call: AnyCall, row: IssueRow) -> IssueDetail:
    project = await call.ask(projects.find_project, str(row.project))
    return issue_detail(issue_shape(row, project, call.base_url), row, [], [])
